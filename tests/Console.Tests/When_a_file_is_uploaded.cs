using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Standalone;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

/// <summary>In Standalone's composition: the console, all services and the emulators.</summary>
[Collection(InTheBrowser.Name)]
public sealed class When_a_file_is_uploaded(Browser browser) : IAsyncLifetime
{
    private readonly TemporaryDirectory data = new();
    private readonly Uri address = new($"http://127.0.0.1:{Testing.Ports.Free()[0]}");
    private readonly ConcurrentQueue<string> received = [];
    private WebApplication app = null!;

    public async Task InitializeAsync()
    {
        app = StandaloneHost.Build(
            address, new DirectoryInfo(data.Path), false, "--Console:UploadRange=65536", "--Console:LargestUpload=1000000",
            "--Emulators:Ittybit:Media=Simulated", "--Emulators:Ittybit:SimulatedTaskTime=00:00:00.100");
        await app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        data.Dispose();
    }

    [BrowserFact]
    public async Task video_survives_a_cut_and_a_reload_and_is_published()
    {
        using var client = new HttpClient { BaseAddress = address };
        using var show = await client.PutAsJsonAsync(
            new Uri("/shows/podcast", UriKind.Relative),
            new { name = "Podcast", channels = new { transistor = new { account = "default", show_id = "podcast" } } });
        show.EnsureSuccessStatusCode();
        var page = await browser.Open("/console/upload", site: address);
        var puts = 0;
        await page.RouteAsync("**/files-host/**", async route =>
        {
            switch (Interlocked.Increment(ref puts))
            {
                case 2:
                    await route.AbortAsync("connectionreset");
                    break;
                case 4:
                    break; // without an answer until it is paused
                default:
                    received.Enqueue(await route.Request.HeaderValueAsync("Content-Range") ?? "");
                    await route.ContinueAsync();
                    break;
            }
        });

        await page.SetInputFilesAsync("#file", Sample());
        await Assertions.Expect(page.GetByLabel("Title").First).ToHaveValueAsync("episode");
        await page.GetByLabel("Title").First.FillAsync("My first episode");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Assertions.Expect(page.Locator("#state-of-upload")).ToContainTextAsync("The line is cut");
        await page.EvaluateAsync("dispatchEvent(new Event('online'))");
        await Eventually.Holds(() => Volatile.Read(ref puts) == 4, "the third range is under way");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(page.Locator("#state-of-upload")).ToHaveTextAsync("Paused. Nothing is lost.");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#unfinished")).ToContainTextAsync("episode.mp4 stopped at 63 %");

        await page.SetInputFilesAsync("#file", Sample());
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("My first episode");
        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync("Processed");
        await Assertions.Expect(page.Locator(".publication .pill")).ToHaveTextAsync("Published");
        received.ShouldBe(
            ["bytes=0-65535/206584", "bytes=65536-131071/206584", "bytes=131072-196607/206584", "bytes=196608-206583/206584"]);
    }

    [BrowserFact]
    public async Task file_of_the_wrong_kind_is_refused_before_it_is_sent()
    {
        await File.WriteAllTextAsync(data["notes.pdf"], "no video");
        await File.WriteAllBytesAsync(data["long.mp4"], new byte[1_000_001]);
        var page = await browser.Open("/console/upload", site: address);

        await page.SetInputFilesAsync("#file", data["notes.pdf"]);
        await Assertions.Expect(page.Locator("#refusal")).ToContainTextAsync("notes.pdf is not a video.");
        await page.SetInputFilesAsync("#file", data["long.mp4"]);

        await Assertions.Expect(page.Locator("#refusal")).ToHaveTextAsync("long.mp4 is too large: it has 1.0 MB, and 1.0 MB is the most.");
    }

    [BrowserFact]
    public async Task an_address_does_where_there_are_no_scripts()
    {
        var page = await browser.Open("/console/upload", scripts: false, site: address);
        await page.GetByLabel("Address of the video").FillAsync("http://10.0.0.1/episode.mp4");
        await page.Locator("#by-address").GetByLabel("Title").FillAsync("From elsewhere");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fetch it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("url must be a public address.");

        await page.GetByLabel("Address of the video").FillAsync(new Uri(address, "/console/assets/icon.svg").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Fetch it" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("From elsewhere");
    }

    private static string Sample([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../samples/episode.mp4"));
}
