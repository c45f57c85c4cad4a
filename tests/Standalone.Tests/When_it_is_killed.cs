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
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Ports.Free()}") };
        Guid id;
        using (await Start(client))
        {
            id = await Upload(client);
            await Eventually.Holds(
                async () => Status(await Episode(client, id)) is "processing" or "completing" or "processed",
                "the episode is under way",
                StandaloneProcess.Limit);
        }

        using var second = await Start(client);

        await Eventually.Holds(
            async () => Status(await Episode(client, id)) == "processed", "the episode is processed", StandaloneProcess.Limit);
        var history = await client.GetFromJsonAsync<JsonElement>($"/episodes/{id}/history");
        var versions = Versions(history).ToList();
        versions.ShouldBe(Enumerable.Range(1, versions.Count), "no line of the history is missing");
    }

    private async Task<StandaloneProcess> Start(HttpClient client)
    {
        var standalone = StandaloneProcess.Start(directory.Path, new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = client.BaseAddress!.ToString(),
            ["Emulators__Ittybit__Media"] = "Simulated", // who makes the media does not matter here
            ["Emulators__Ittybit__SimulatedTaskTime"] = "00:00:03",
        });
        await Eventually.Holds(
            async () => standalone.HasExited
                ? throw new InvalidOperationException((await standalone.End()).Error)
                : await IsUp(client),
            "Standalone is ready",
            StandaloneProcess.Limit);
        return standalone;
    }

    private static IEnumerable<int> Versions(JsonElement history) =>
        (history.ValueKind == JsonValueKind.Array ? history : history.GetProperty("history")).EnumerateArray()
            .Select(line => line.GetProperty("version").GetInt32()).Order();

    private static async Task<Guid> Upload(HttpClient client)
    {
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

    private static async Task<bool> IsUp(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Task<JsonElement> Episode(HttpClient client, Guid id) => client.GetFromJsonAsync<JsonElement>($"/episodes/{id}");

    private static string? Status(JsonElement episode) => episode.GetProperty("status").GetString();
}
