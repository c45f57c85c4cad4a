using System.Net.Http.Headers;
using System.Text.Json;
using Podcast.Contracts;
using Podcast.Hosting;

namespace Podcast.Standalone.Process;

/// <summary>Calls the API as in the tutorial: prepares the upload, uploads, confirms, and polls until the end.</summary>
internal sealed class PodcastClient(Uri address) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly HttpClient api = new() { BaseAddress = address };
    private readonly HttpClient elsewhere = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Runs the episode to its end and reports each state to <paramref name="tell"/>.</summary>
    public async Task<EpisodeAnswer> Process(ProcessRequest request, Action<ProcessState> tell, CancellationToken cancellationToken)
    {
        var prepared = await Prepare(request, cancellationToken);
        var fileId = await Upload(request.File, prepared.Upload.Url, tell, cancellationToken);
        await Post($"/episodes/{prepared.Id}/confirm-upload", new { IttybitFileId = fileId }, cancellationToken);

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (true)
        {
            var episode = (await api.GetFromJsonAsync<EpisodeAnswer>($"/episodes/{prepared.Id}", Json, cancellationToken))!;
            tell(new ProcessState(null, episode));
            if (episode.IsOver)
                return episode;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Downloads an output, whose address may be on another host.</summary>
    public async Task Download(Uri output, FileInfo file, CancellationToken cancellationToken)
    {
        using var answer = await elsewhere.GetAsync(VerbatimUri.ForRequest(output), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await using var target = file.Create();
        await answer.Content.CopyToAsync(target, cancellationToken);
    }

    /// <summary>Fetches the transcript as plain text, or as WebVTT with times.</summary>
    public async Task<string> Transcript(Guid episodeId, string format, CancellationToken cancellationToken) =>
        await api.GetStringAsync($"/episodes/{episodeId}/transcript?format={format}", cancellationToken);

    public void Dispose()
    {
        api.Dispose();
        elsewhere.Dispose();
    }

    private async Task<Prepared> Prepare(ProcessRequest request, CancellationToken cancellationToken)
    {
        var answer = await Post("/episodes/prepare-upload", new
        {
            Filename = request.File.Name,
            Title = request.EpisodeTitle,
            Filesize = request.File.Length,
            Tasks = request.Tasks.Select(task => task.WireName()),
        }, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<Prepared>(Json, cancellationToken))!;
    }

    private async Task<string> Upload(FileInfo file, Uri url, Action<ProcessState> tell, CancellationToken cancellationToken)
    {
        await using var source = new CountingStream(file.OpenRead(), read => tell(new ProcessState(100d * read / file.Length, null)));
        using var content = new StreamContent(source, 1 << 20);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await elsewhere.PutAsync(VerbatimUri.ForRequest(url), content, cancellationToken);
        await Demand(answer, cancellationToken);
        var uploaded = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return uploaded.GetProperty("id").GetString() ?? throw new HttpRequestException("Ittybit gave the uploaded file no id.");
    }

    private async Task<HttpResponseMessage> Post(string path, object body, CancellationToken cancellationToken)
    {
        var answer = await api.PostAsJsonAsync(path, body, Json, cancellationToken);
        await Demand(answer, cancellationToken);
        return answer;
    }

    private static async Task Demand(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
            return;

        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        throw new HttpRequestException($"{answer.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)answer.StatusCode}: {text}");
    }

    private sealed record Prepared(Guid Id, PreparedUpload Upload);

    private sealed record PreparedUpload(Uri Url);
}
