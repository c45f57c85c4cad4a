using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Podcast.Benchmarks.Browsing;

/// <summary>How long the console takes for each kind of page, asked for one after the other, and how long the first one is in all.</summary>
internal static partial class Pages
{
    private static readonly (string Name, string Address)[] lists =
    [
        ("first page", ""),
        ("filter processed", "?status=processed"),
        ("filter failed", "?status=failed"),
        ("filter held", "?status=held"),
        ("filter cancelled", "?status=cancelled"),
        ("filter processing, none", "?status=processing"),
        ("search, one in five", "?q=bees"),
        ("search, beginnings of two words", "?q=print+guest12"),
        ("search, one title", "?q=guest777+chess"),
        ("search, nothing", "?q=zebra"),
        ("search and filter", "?q=rivers&status=failed"),
    ];

    public static async Task Measure(Uri console, int requests, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = console };
        var first = await client.GetStringAsync("/console/episodes", cancellationToken);
        var episode = AnEpisode().Match(first).Groups[1].Value;
        var task = "task_video_transcode" + episode;
        var last = await Deep(client, first, cancellationToken);

        Console.WriteLine($"{"milliseconds of a page of the console",-40}      p50      p95      max");
        foreach (var (name, address) in lists)
            await Time(name, "/console/episodes" + address);
        await Time("search, an id", "/console/episodes?q=" + episode);
        await Time("search, the beginning of an id", "/console/episodes?q=" + episode[..8]);
        await Time("search, a task's id", "/console/episodes?q=" + task);
        await Time("the page after twenty pages", last);
        await Time("an episode", "/console/episodes/" + episode);
        await Time("failures", "/console/failures");
        await Time("releases", "/console/releases");
        await Time("system", "/console/system");
        await Weigh(console, cancellationToken);

        async Task Time(string name, string address)
        {
            var times = new List<double>();
            for (var i = 0; i < requests + 10; i++)
            {
                var watch = Stopwatch.StartNew();
                using var answer = await client.GetAsync(address, cancellationToken);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                if (i >= 10) // the first ones compile
                    times.Add(watch.Elapsed.TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine($"{name,-40} {times[times.Count / 2],8:F1} {times[times.Count * 95 / 100],8:F1} {times[^1],8:F1}");
        }
    }

    /// <summary>The address behind "next" of the twentieth page.</summary>
    private static async Task<string> Deep(HttpClient client, string page, CancellationToken cancellationToken)
    {
        var address = "";
        for (var i = 0; i < 20; i++)
        {
            address = WebUtility.HtmlDecode(NextPage().Match(page).Groups[1].Value);
            page = await client.GetStringAsync(address, cancellationToken);
        }

        return address;
    }

    /// <summary>The first page with all that it loads, as it comes over the wire to a browser.</summary>
    private static async Task Weigh(Uri console, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = console };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        using var reader = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = console };
        var page = await reader.GetStringAsync("/console/episodes", cancellationToken);
        var parts = Asset().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct().Prepend("/console/episodes").ToList();
        var sum = 0;
        foreach (var part in parts)
        {
            var length = (await client.GetByteArrayAsync(part, cancellationToken)).Length;
            sum += length;
            Console.WriteLine($"{part,-60} {length / 1000.0,8:F1} kB");
        }

        Console.WriteLine($"{"the first page with all that it loads",-60} {sum / 1000.0,8:F1} kB");
    }

    [GeneratedRegex("href=\"/console/episodes/([0-9a-f-]{36})\"")]
    private static partial Regex AnEpisode();

    [GeneratedRegex("href=\"(/console/episodes\\?cursor=[^\"]+)\"")]
    private static partial Regex NextPage();

    [GeneratedRegex("(?:src|href)=\"(/console/assets/[^\"]+)\"")]
    private static partial Regex Asset();
}
