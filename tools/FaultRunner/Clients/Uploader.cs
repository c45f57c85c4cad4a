using System.Net.Http.Headers;
using System.Runtime.CompilerServices;

namespace Podcast.FaultRunner.Clients;

/// <summary>Submits episodes over HTTP.</summary>
internal sealed class Uploader(Caller caller, HttpClient provider, string signature)
{
    private static readonly byte[] video = File.ReadAllBytes(Sample());

    /// <summary>Submits by an upload to the provider.</summary>
    public async Task Upload(Order order, CancellationToken cancellationToken)
    {
        var prepared = await caller.Post(
            "/episodes/prepare-upload",
            new { filename = "raw.mp4", title = order.Title, show = Shows.Of(order), filesize = video.Length, tasks = Tasks(order) },
            $"prepare-{order.Number}", order.IsPatient, () => order.Tries++, cancellationToken);
        if (prepared is not { IsGood: true })
        {
            Refuse(order, prepared);
            return;
        }

        order.EpisodeId = prepared.Json.GetProperty("id").GetGuid();
        var address = prepared.Json.GetProperty("upload").GetProperty("url").GetString()!;
        var file = await Put(address, cancellationToken);
        var confirmed = await caller.Post(
            $"/episodes/{order.EpisodeId}/confirm-upload", new { ittybit_file_id = file }, $"confirm-{order.Number}", order.IsPatient, () => order.Tries++,
            cancellationToken);
        order.IsAcknowledged = confirmed is { IsGood: true };
        Refuse(order, confirmed);
    }

    /// <summary>Submits an address with a signature, which must not appear in logs or telemetry.</summary>
    public async Task Submit(Order order, CancellationToken cancellationToken)
    {
        var said = await caller.Post(
            "/episodes", new { url = SourceOf(order, signature), title = order.Title, show = Shows.Of(order), tasks = Tasks(order) },
            $"submit-{order.Number}", order.IsPatient, () => order.Tries++, cancellationToken);
        order.IsAcknowledged = said is { IsGood: true };
        if (order.IsAcknowledged)
            order.EpisodeId = said!.Json.GetProperty("id").GetGuid();
        Refuse(order, said);
    }

    public static string SourceOf(Order order, string signature) => $"http://127.0.0.1:9/raw/{order.Number}.mp4?signature={signature}";

    public static string[] Tasks(Order order) => order.HasChapters
        ? ["audio_extraction", "video_transcode", "transcript_generation", "chapter_detection", "thumbnail"]
        : ["audio_extraction", "video_transcode", "transcript_generation"];

    private static void Refuse(Order order, Said? said)
    {
        if (said is { IsGood: false, IsForGood: true })
            order.Refusal = said.ToString();
    }

    private async Task<string> Put(string address, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var content = new ByteArrayContent(video) { Headers = { ContentType = new MediaTypeHeaderValue("video/mp4") } };
                using var answer = await provider.PutAsync(address, content, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    var body = new Said(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken)).Json;
                    return (body.TryGetProperty("data", out var data) ? data : body).GetProperty("id").GetString()!;
                }
            }
            catch (Exception away) when (!cancellationToken.IsCancellationRequested && away is HttpRequestException or TaskCanceledException)
            {
            }

            await caller.Pause(cancellationToken);
        }
    }

    private static string Sample([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../samples/episode.mp4"));
}
