using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

/// <summary>The tutorial's "Testing the flow", step by step, against whatever serves the API.</summary>
internal static class Walk
{
    private static readonly byte[] Video = File.ReadAllBytes(Sample());

    /// <summary>Uploads, confirms, watches to the end, and checks the tutorial's JSON field by field.</summary>
    public static async Task Through(HttpClient api)
    {
        var upload = await Upload(api);
        await Confirm(api, upload);
        await Confirm(api, upload);

        ShouldBeTheTutorials(await End(api, upload.Id), upload.Id);
        (await api.GetStringAsync($"/episodes/{upload.Id}/transcript")).ShouldNotBeNullOrWhiteSpace();
        await ShouldHaveAGaplessHistory(api, upload.Id);
    }

    /// <summary>Prepares an upload and puts the file where it belongs.</summary>
    public static async Task<(Guid Id, string FileId)> Upload(HttpClient api)
    {
        var (id, file) = await Put(api);
        return (id, file.GetProperty("id").GetString()!);
    }

    /// <summary>Uploads a file, and gives the address where Ittybit keeps it.</summary>
    public static async Task<Uri> UploadedAddress(HttpClient api) => new((await Put(api)).File.GetProperty("url").GetString()!);

    /// <summary>Says that it is there.</summary>
    public static Task Confirm(HttpClient api, (Guid Id, string FileId) upload) =>
        Post(api, $"/episodes/{upload.Id}/confirm-upload", new { ittybit_file_id = upload.FileId }, HttpStatusCode.Accepted);

    public static async Task<JsonElement> End(HttpClient api, Guid id)
    {
        var episode = default(JsonElement);
        await Eventually.Holds(
            async () =>
            {
                episode = await api.GetFromJsonAsync<JsonElement>($"/episodes/{id}");
                return episode.GetProperty("status").GetString() is "processed" or "failed" or "held";
            },
            "the episode comes to an end", TimeSpan.FromMinutes(3));
        return episode;
    }

    private static void ShouldBeTheTutorials(JsonElement episode, Guid id)
    {
        episode.GetProperty("status").GetString().ShouldBe("processed", episode.ToString());
        episode.GetProperty("id").GetGuid().ShouldBe(id);
        episode.GetProperty("title").GetString().ShouldBe("How to Build APIs");
        episode.GetProperty("description").ValueKind.ShouldBe(JsonValueKind.Null);
        episode.GetProperty("progress").GetInt32().ShouldBe(100);
        var started = episode.GetProperty("processing_started_at").GetDateTime();
        episode.GetProperty("created_at").GetDateTime().ShouldBeLessThanOrEqualTo(started);
        episode.GetProperty("processing_completed_at").GetDateTime().ShouldBeGreaterThan(started);
        episode.GetProperty("outputs").GetProperty("audio_url").GetString().ShouldEndWith(".mp3");
        episode.GetProperty("outputs").GetProperty("video_url").GetString().ShouldEndWith(".mp4");
        episode.GetProperty("outputs").GetProperty("transcript").GetString().ShouldBe("available");

        var tasks = episode.GetProperty("tasks").EnumerateArray().ToList();
        tasks.Select(task => task.GetProperty("type").GetString())
            .ShouldBe(["audio_extraction", "video_transcode", "transcript_generation"], ignoreOrder: true);
        foreach (var task in tasks)
        {
            task.GetProperty("status").GetString().ShouldBe("completed");
            task.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
            task.GetProperty("output_url").GetString().ShouldNotBeNullOrEmpty();
            task.GetProperty("updated_at").GetDateTime().ShouldBeGreaterThan(started.AddMinutes(-1));
        }
    }

    public static async Task ShouldHaveAGaplessHistory(HttpClient api, Guid id)
    {
        var history = await api.GetFromJsonAsync<JsonElement>($"/episodes/{id}/history");
        var versions = history.GetProperty("history").EnumerateArray().Select(line => line.GetProperty("version").GetInt32()).Order().ToList();
        versions.ShouldBe(Enumerable.Range(1, versions.Count));
    }

    private static async Task<(Guid Id, JsonElement File)> Put(HttpClient api)
    {
        var prepared = await Post(api, "/episodes/prepare-upload", new { filename = "episode-042.mp4", title = "How to Build APIs", filesize = Video.Length }, HttpStatusCode.Created);
        using var elsewhere = new HttpClient();
        using var put = await elsewhere.PutAsync(prepared.GetProperty("upload").GetProperty("url").GetString(), new ByteArrayContent(Video));
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (prepared.GetProperty("id").GetGuid(), await put.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<JsonElement> Post(HttpClient api, string path, object body, HttpStatusCode expected)
    {
        using var answer = await api.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static string Sample([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../samples/episode.mp4"));
}
