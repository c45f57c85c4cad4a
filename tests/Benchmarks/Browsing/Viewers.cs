using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Podcast.Benchmarks.Pipeline;

namespace Podcast.Benchmarks.Browsing;

/// <summary>Pages that stay open while episodes go through: what they cost the console, and what arrives.</summary>
internal static partial class Viewers
{
    public static async Task Measure(Stage stage, BrowseOptions options, CancellationToken cancellationToken)
    {
        await using var driver = await Driver.Start(stage);
        await driver.RunPaced(options.Pace, 20, cancellationToken); // until the processes are compiled
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue })
        {
            BaseAddress = stage.Console,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var viewers = await Task.WhenAll(Enumerable.Range(0, options.Viewers).Select(_ => Viewer.Open(client, closing.Token)));

        Console.WriteLine($"{options.Viewers} pages are open; {options.Pace} episodes a second");
        var console = new Dictionary<string, int> { ["Console"] = stage.Processes["Console"], ["Ingest.Api"] = stage.Processes["Ingest.Api"] };
        for (var minute = 1; minute <= options.Minutes; minute++)
        {
            var (before, time, events) = (CpuTime.Of(console), Stopwatch.StartNew(), viewers.Sum(viewer => viewer.Events));
            await driver.RunPaced(options.Pace, 60, cancellationToken);
            var after = CpuTime.Of(console);
            Console.WriteLine(
                $"minute {minute,2}: console {Share("Console"):F1} % of a core, {CpuTime.OwnMegabytes(console["Console"]):F0} MB of its own; "
                + $"Ingest.Api {Share("Ingest.Api"):F1} %; {(viewers.Sum(viewer => viewer.Events) - events) / time.Elapsed.TotalSeconds:F0} events a second");

            double Share(string process) => (after[process] - before[process]) / time.Elapsed.TotalMilliseconds * 100;
        }

        Console.WriteLine($"{viewers.Count(viewer => !viewer.Ended.IsCompleted)} of {viewers.Length} pages are still connected.");
        await closing.CancelAsync();
        foreach (var viewer in viewers)
            await viewer.Ended;
    }

    /// <summary>What a browser does with the first page: it reads the page, then its stream.</summary>
    private sealed partial class Viewer
    {
        private int events;

        public int Events => events;

        public Task Ended { get; private set; } = Task.CompletedTask;

        public static async Task<Viewer> Open(HttpClient client, CancellationToken cancellationToken)
        {
            var page = await client.GetStringAsync("/console/episodes", cancellationToken);
            var address = WebUtility.HtmlDecode(Stream().Match(page).Groups[1].Value);
            var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            answer.EnsureSuccessStatusCode();
            var viewer = new Viewer();
            viewer.Ended = viewer.Read(answer, cancellationToken);
            return viewer;
        }

        private async Task Read(HttpResponseMessage answer, CancellationToken cancellationToken)
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
            try
            {
                while (await reader.ReadLineAsync(cancellationToken) is { } line)
                {
                    if (line.StartsWith("data:", StringComparison.Ordinal) && line.Length > "data: ".Length)
                        Interlocked.Increment(ref events); // a line of an event is enough to see that it arrives
                }
            }
            catch (OperationCanceledException)
            {
            }
            finally
            {
                answer.Dispose();
            }
        }

        [GeneratedRegex("hx-sse:connect=\"([^\"]+)\"")]
        private static partial Regex Stream();
    }
}
