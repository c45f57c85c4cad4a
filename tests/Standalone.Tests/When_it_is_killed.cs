using System.Net.Http.Json;
using System.Text.Json;
using Podcast.Testing;

namespace Podcast.Standalone.Tests;

public sealed class When_it_is_killed : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task the_next_start_goes_on_where_it_was()
    {
        var port = Ports.Free();
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["Emulators__Ittybit__Media"] = "Simulated", // who makes the media does not matter here
            ["Emulators__Ittybit__SimulatedTaskTime"] = "00:00:03",
        };
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Guid id;
        using (var first = StandaloneProcess.Start(directory.Path, environment))
        {
            id = await Upload(client);
            await Eventually.Holds(async () => Status(await Episode(client, id)) is "processing" or "completing" or "processed", "the episode is under way");
            await first.Kill();
        }

        using var second = StandaloneProcess.Start(directory.Path, environment);
        await IsUp(client);

        await Eventually.Holds(async () => Status(await Episode(client, id)) == "processed", "the episode is processed", TimeSpan.FromMinutes(2));
        var history = await client.GetFromJsonAsync<JsonElement>($"/episodes/{id}/history");
        var versions = Versions(history).ToList();
        versions.ShouldBe(Enumerable.Range(1, versions.Count), "no line of the history is missing");
        await second.Kill();
    }

    private static IEnumerable<int> Versions(JsonElement history) =>
        (history.ValueKind == JsonValueKind.Array ? history : history.GetProperty("history")).EnumerateArray()
            .Select(line => line.GetProperty("version").GetInt32()).Order();

    private static async Task<Guid> Upload(HttpClient client)
    {
        await IsUp(client);
        var file = await File.ReadAllBytesAsync(When_an_episode_is_processed.Sample());
        var prepared = await (await client.PostAsJsonAsync("/episodes/prepare-upload", new { filename = "e.mp4", title = "t", filesize = file.Length }))
            .Content.ReadFromJsonAsync<JsonElement>();
        var uploaded = await (await client.PutAsync(prepared.GetProperty("upload").GetProperty("url").GetString(), new ByteArrayContent(file)))
            .Content.ReadFromJsonAsync<JsonElement>();
        var id = prepared.GetProperty("id").GetGuid();
        var confirmed = await client.PostAsJsonAsync($"/episodes/{id}/confirm-upload", new { ittybit_file_id = uploaded.GetProperty("id").GetString() });
        confirmed.IsSuccessStatusCode.ShouldBeTrue();
        return id;
    }

    private static Task IsUp(HttpClient client) => Eventually.Holds(async () =>
    {
        try
        {
            return (await client.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, "Standalone is ready", TimeSpan.FromMinutes(1));

    private static Task<JsonElement> Episode(HttpClient client, Guid id) => client.GetFromJsonAsync<JsonElement>($"/episodes/{id}");

    private static string? Status(JsonElement episode) => episode.GetProperty("status").GetString();
}
