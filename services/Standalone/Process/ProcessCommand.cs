using Microsoft.Extensions.Options;

namespace Podcast.Standalone.Process;

/// <summary>Runs one episode the way a user would: over HTTP, against the whole system in this process.</summary>
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
            foreach (var line in app.Services.GetEmulatorNotes())
                Console.WriteLine(line);

            using var podcast = new PodcastClient(address);
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
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("podcast: stopped; the next run with the same --data goes on with it.");
            return ExitCodes.Stopped;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync($"podcast: {failure.Message}");
            return ExitCodes.Failed;
        }
    }
}
