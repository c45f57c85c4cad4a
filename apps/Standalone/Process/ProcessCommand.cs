using Podcast.Emulators.Ittybit;
using Podcast.Hosting.Startup;

namespace Podcast.Standalone.Process;

/// <summary>Processes one episode as a user would: over HTTP, with all services in this process.</summary>
internal static class ProcessCommand
{
    public static async Task<int> Run(ProcessRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var claim = DataDirectory.Claim(request.Data);
            var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
            await using var app = StandaloneHost.Build(address, request.Data, request.Verbose);
            await app.StartAsync(cancellationToken);
            try
            {
                return await Run(request, app, new PodcastClient(address), cancellationToken);
            }
            finally
            {
                await app.StopAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("podcast: stopped; the next run with the same --data goes on with it.");
            return ExitCodes.Stopped;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException || StartFailure.Describe(failure) is not null)
        {
            await Console.Error.WriteLineAsync($"podcast: {StartFailure.Describe(failure) ?? failure.Message}");
            return ExitCodes.Failed;
        }
    }

    private static async Task<int> Run(ProcessRequest request, WebApplication app, PodcastClient podcast, CancellationToken cancellationToken)
    {
        using var _ = podcast;
        if (app.Services.GetService<IttybitEmulator>() is { } emulator)
            await SayWhatIsSimulated(emulator);

        var episode = await ProgressBars.Show(tell => podcast.Process(request, tell, cancellationToken));
        if (!episode.IsProcessed)
        {
            await Console.Error.WriteLineAsync($"podcast: the episode is {episode.Status}: {episode.Reason}");
            return ExitCodes.Failed;
        }

        foreach (var file in await Results.Fetch(episode, request.OutputDirectory, podcast, cancellationToken))
            Console.WriteLine($"{file.Length,12:N0} bytes  {Path.GetRelativePath(".", file.FullName)}");
        return ExitCodes.Ok;
    }

    private static async Task SayWhatIsSimulated(IttybitEmulator emulator)
    {
        var parts = (await emulator.MediaWork()).ToLookup(part => part.Value, part => part.Key);
        Console.WriteLine("No Ittybit key is set: the emulator does the media work.");
        foreach (var part in parts.Where(part => part.Key is not null))
            Console.WriteLine($"  simulated: {string.Join(", ", part)} ({part.Key})");
    }
}
