using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Podcast.Hosting.Startup;
using Podcast.Testing;

namespace Podcast.Standalone.Tests;

public sealed class When_a_key_of_Ittybits_is_set : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly ConcurrentQueue<(string Path, string? Authorization, string? Version)> requests = [];
    private readonly WebApplication recorder;

    public When_a_key_of_Ittybits_is_set()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        recorder = builder.Build();
        recorder.Run(context =>
        {
            requests.Enqueue((context.Request.Path, context.Request.Headers.Authorization, context.Request.Headers["Accept-Version"]));
            return context.Response.WriteAsJsonAsync(new { url = "https://you.ittybit.net/e/a.mp4?signature=s", method = "put", filename = "a.mp4" });
        });
    }

    public Task InitializeAsync() => recorder.StartAsync();

    public async Task DisposeAsync()
    {
        await recorder.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task ittybit_key_replaces_the_emulator_and_is_sent_with_requests()
    {
        await using var app = StandaloneHost.Build(
            new Uri("http://127.0.0.1:0"), new DirectoryInfo(directory.Path), false, "--Ittybit:ApiKey=ittybit_live_1", $"--Ittybit:BaseAddress={recorder.Urls.First()}");
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        var prepared = await client.PostAsJsonAsync("/episodes/prepare-upload", new { filename = "a.mp4", title = "t", filesize = 5 });

        prepared.IsSuccessStatusCode.ShouldBeTrue(await prepared.Content.ReadAsStringAsync());
        requests.ShouldBe([("/signatures", "Bearer ittybit_live_1", "2025-08-20")]);
        (await client.GetAsync("/emulators/ittybit/tasks")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Ittybit:BaseUrl")]
    [InlineData("Itybit:BaseAddress")]
    [InlineData("ITTYBIT_BASE_ADDRESS")]
    [InlineData("Ittybit_BaseAddress")]
    public async Task a_misspelt_address_stops_the_start(string name)
    {
        await using var app = StandaloneHost.Build(
            new Uri("http://127.0.0.1:1"), new DirectoryInfo(directory.Path), false, "--Ittybit:ApiKey=ittybit_live_1", $"--{name}={recorder.Urls.First()}");

        var refused = await Should.ThrowAsync<Exception>(() => app.StartAsync());

        StartFailure.Describe(refused).ShouldBe($"{name.Replace(":", "__")} is no setting; the nearest is Ittybit__BaseAddress.");
    }

    [Fact]
    public void requests_go_to_Ittybit_itself_unless_another_address_is_set()
    {
        using var app = (IDisposable)StandaloneHost.Build(
            new Uri("http://127.0.0.1:1"), new DirectoryInfo(directory.Path), false, "--Ittybit:ApiKey=ittybit_live_1");

        ((WebApplication)app).Configuration["Ittybit:BaseAddress"].ShouldBeNull();
        new Ittybit.IttybitOptions().BaseAddress.ShouldBe(new Uri("https://api.ittybit.com"));
    }
}
