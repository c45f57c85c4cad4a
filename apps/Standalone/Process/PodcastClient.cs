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

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient api = new() { BaseAddress = address };
    private readonly HttpClient elsewhere = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Runs the episode to its end and reports each state to <paramref name="tell"/>.</summary>
    public async Task<EpisodeAnswer> Process(ProcessRequest request, Action<EpisodeAnswer> tell, CancellationToken cancellationToken)
    {
        var show = request.Publish.Count > 0 ? await PutShow(request.Publish, cancellationToken) : null;
        var preparation = await Post("/episodes/prepare-upload", new
        {
            Filename = request.File.Name,
            Title = request.Title ?? Path.GetFileNameWithoutExtension(request.File.Name),
            Filesize = request.File.Length,
            Tasks = request.Tasks.Select(task => task.WireName()),
            Show = show,
        }, cancellationToken);
        var prepared = (await preparation.Content.ReadFromJsonAsync<Prepared>(Json, cancellationToken))!;
        var fileId = await Upload(request.File, prepared.Upload.Url, tell, cancellationToken);
        await Post($"/episodes/{prepared.Id}/confirm-upload", new { IttybitFileId = fileId }, cancellationToken);

        while (true)
        {
            var episode = (await api.GetFromJsonAsync<EpisodeAnswer>($"/episodes/{prepared.Id}", Json, cancellationToken))!;
            tell(episode);
            if (episode.Status is "processed" or "failed" or "held" or "cancelled")
                return episode;
            await Task.Delay(Interval, cancellationToken);
        }
    }

    /// <summary>Waits until every publication has ended, and reports each state to <paramref name="tell"/>.</summary>
    public async Task<PublicationsAnswer> Published(Guid episodeId, Action<PublicationsAnswer> tell, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = (await api.GetFromJsonAsync<PublicationsAnswer>($"/episodes/{episodeId}/publications", Json, cancellationToken))!;
            tell(answer);
            if (answer.Status is not ("none" or "publishing"))
                return answer;
            await Task.Delay(Interval, cancellationToken);
        }
    }

    /// <summary>Downloads an output, whose address may be on another host.</summary>
    public async Task Download(Uri output, string file, CancellationToken cancellationToken)
    {
        using var answer = await elsewhere.GetAsync(
            VerbatimUri.ForRequest(output), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await using var target = File.Create(file);
        await answer.Content.CopyToAsync(target, cancellationToken);
    }

    /// <param name="format"><c>text</c>, or <c>vtt</c> with times.</param>
    public Task<string> Transcript(Guid episodeId, string format, CancellationToken cancellationToken) =>
        api.GetStringAsync($"/episodes/{episodeId}/transcript?format={format}", cancellationToken);

    public void Dispose()
    {
        api.Dispose();
        elsewhere.Dispose();
    }

    /// <summary>Makes the show whose channels are the emulators' or those of the environment's accounts.</summary>
    private async Task<string> PutShow(IReadOnlyList<PublishingChannel> channels, CancellationToken cancellationToken)
    {
        const string slug = "podcast";
        using var answer = await api.PutAsJsonAsync($"/shows/{slug}", new
        {
            Name = "Podcast",
            DescriptionPattern = "{description}\n\n{chapters}",
            Captions = "before_public",
            Channels = new
            {
                Transistor = channels.Contains(PublishingChannel.Transistor) ? new { Account = "default", ShowId = "podcast" } : null,
                Youtube = channels.Contains(PublishingChannel.Youtube)
                    ? new { Account = "main", ChannelId = "UCemulatedchannel0000001", Privacy = "public" }
                    : null,
            },
        }, Json, cancellationToken);
        await Demand(answer, cancellationToken);
        return slug;
    }

    private async Task<string> Upload(FileInfo file, Uri url, Action<EpisodeAnswer> tell, CancellationToken cancellationToken)
    {
        await using var source = file.OpenRead();
        using var content = new StreamContent(source, 1 << 20);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var sending = elsewhere.PutAsync(VerbatimUri.ForRequest(url), content, cancellationToken);
        while (await Task.WhenAny(sending, Task.Delay(Interval, CancellationToken.None)) != sending)
            tell(EpisodeAnswer.OfUpload("", (int)(100 * source.Position / file.Length)));

        using var answer = await sending;
        await Demand(answer, cancellationToken);
        tell(EpisodeAnswer.OfUpload("done", 100));
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
