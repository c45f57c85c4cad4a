using Podcast.Contracts;
using Podcast.Emulators.Ittybit;

namespace Podcast.Standalone.Process;

/// <summary>The arguments of <c>process</c>.</summary>
internal sealed record ProcessRequest(
    FileInfo File, string? Title, IReadOnlyList<TaskKind> Tasks, IReadOnlyList<PublishingChannel> Publish, DirectoryInfo? Output,
    DirectoryInfo Data, bool Verbose);

/// <summary>Processes one episode as a user would: over HTTP, with all services in this process.</summary>
internal static class ProcessCommand
{
    public static async Task<int> Run(ProcessRequest request, CancellationToken cancellationToken)
    {
        using var claim = DataDirectory.Claim(request.Data);
        OutputOf(request).Create(); // else it would be found out when all is made
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        await using var app = StandaloneHost.Build(address, request.Data, request.Verbose);
        await app.Begin(cancellationToken);
        try
        {
            if (app.Services.GetService<IttybitEmulator>() is { } emulator)
                await SayWhatIsSimulated(emulator);
            return await Run(request, address, cancellationToken);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<int> Run(ProcessRequest request, Uri address, CancellationToken cancellationToken)
    {
        using var podcast = new PodcastClient(address);
        var episode = await ProgressBars.Show(tell => podcast.Process(request, tell, cancellationToken));
        if (episode.Status != "processed")
        {
            await Console.Error.WriteLineAsync($"podcast: the episode is {episode.Status}: {episode.Reason}");
            return ExitCodes.Failed;
        }

        foreach (var file in await Results.Fetch(episode, OutputOf(request), podcast, cancellationToken))
            Console.WriteLine($"{file.Length,12:N0} bytes  {Path.GetRelativePath(".", file.FullName)}");
        return request.Publish.Count == 0 ? ExitCodes.Ok : await Publish(episode.Id, podcast, cancellationToken);
    }

    private static DirectoryInfo OutputOf(ProcessRequest request) =>
        request.Output ?? new DirectoryInfo(Path.Combine("output", Path.GetFileNameWithoutExtension(request.File.Name)));

    private static async Task<int> Publish(Guid episodeId, PodcastClient podcast, CancellationToken cancellationToken)
    {
        var publications = await ProgressBars.ShowPublications(tell => podcast.Published(episodeId, tell, cancellationToken));
        foreach (var publication in publications.Publications)
        {
            Console.WriteLine($"{publication.Channel,-12} {publication.Status}  {publication.Link}");
            foreach (var note in publication.Notes)
                Console.WriteLine($"{"",-12} {note}");
        }

        if (publications.Status == "published")
            return ExitCodes.Ok;
        foreach (var failed in publications.Publications.Where(publication => publication.Status == "failed"))
            await Console.Error.WriteLineAsync($"podcast: {failed.Channel}: {failed.Reason} {failed.Advice}");
        return ExitCodes.Failed;
    }

    private static async Task SayWhatIsSimulated(IttybitEmulator emulator)
    {
        var parts = (await emulator.MediaWork()).ToLookup(part => part.Value, part => part.Key);
        Console.WriteLine("No Ittybit key is set: the emulator does the media work.");
        foreach (var part in parts.Where(part => part.Key is not null))
            Console.WriteLine($"  simulated: {string.Join(", ", part)} ({part.Key})");
    }
}
