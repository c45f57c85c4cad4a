namespace Podcast.Emulators.Transistor;

/// <summary>
/// Takes an episode's audio: an upload of ours, or an address that it fetches, within the limits of section <c>Sources</c> (public
/// hosts; <c>Sources__AllowLoopback</c> for a single machine). Audio that a crash interrupted is fetched again.
/// </summary>
internal sealed class AudioIntake(
    Documents<Episode> episodes, Documents<AudioUpload> uploads, BackgroundWork work, TransistorChaos chaos, IHttpClientFactory clients,
    IOptions<TransistorEmulatorOptions> options, TimeProvider clock) : IHostedService
{
    public const string Client = "transistor-emulator-audio";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var episode in episodes.All.Where(episode => episode.Audio is { ReadyAt: null }))
            Begin(episode);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Begin(Episode episode) => work.Add(async stopping =>
    {
        var url = episode.Audio!.Url;
        var (received, failure) = await Receive(url, stopping);
        lock (episodes.Gate)
        {
            // It may have been given other audio in the meantime.
            if (episodes.Find(episode.Id) is { Audio: { ReadyAt: null } audio } current && audio.Url == url)
            {
                var readyAt = clock.GetUtcNow() + (failure is null ? options.Value.ProcessingTime : TimeSpan.Zero);
                episodes.Save(current.Id, current with
                {
                    Audio = new EpisodeAudio(
                        url, readyAt, received?.Sha256, received?.Length, failure ?? chaos.FailureOf(current.Id), received?.UntaggedSha256),
                });
            }
        }
    });

    private async Task<(AudioMeasure? Received, string? Failure)> Receive(string url, CancellationToken stopping)
    {
        if (uploads.All.FirstOrDefault(upload => upload.AudioUrl == url) is { } ours)
            return ours.Received is null ? (null, "No audio was uploaded") : (ours.Received, null);

        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, stopping);
            if (!answer.IsSuccessStatusCode)
                return (null, $"Audio could not be fetched: the server answered {(int)answer.StatusCode}");
            await using var body = await answer.Content.ReadAsStreamAsync(stopping);
            var received = await AudioMeasure.Of(body, options.Value.MaxUploadBytes, stopping);
            return (received, received is null ? "Audio is too big" : null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return (null, "Audio could not be fetched");
        }
    }
}
