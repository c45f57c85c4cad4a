using System.Globalization;

namespace Podcast.Benchmarks.Pipeline;

/// <summary>CPU time and memory of a process and all its descendants, read from <c>/proc</c>.</summary>
internal static class CpuTime
{
    private const double MillisecondsPerTick = 10; // USER_HZ is 100 on Linux

    /// <summary>User and system time in milliseconds, including descendants that have ended.</summary>
    public static Dictionary<string, double> Of(IReadOnlyDictionary<string, int> roots)
    {
        var all = Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])).Select(Read).OfType<Entry>().ToList();
        var children = all.ToLookup(entry => entry.Parent);
        return roots.ToDictionary(root => root.Key, root => all.Where(entry => entry.Id == root.Value).Sum(Total));

        double Total(Entry entry) => entry.Milliseconds + children[entry.Id].Sum(Total);
    }

    /// <summary>The largest resident memory that the process itself had, in MB.</summary>
    public static double PeakMegabytes(int process) =>
        Megabytes(process, "VmHWM");

    /// <summary>
    /// The resident memory that only swapping could free, in MB: without the mapped files of programs, which the kernel drops if memory
    /// is short, and which processes of one image share.
    /// </summary>
    public static double OwnMegabytes(int process) => Megabytes(process, "RssAnon", "RssShmem");

    private static double Megabytes(int process, params string[] names) =>
        File.ReadLines($"/proc/{process}/status").Select(line => line.Split(':'))
            .Where(line => names.Contains(line[0])).Sum(line => Number(line[1].Trim().Split(' ')[0]) / 1024);

    private static Entry? Read(string path)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(path, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // the name before it may contain spaces
            return new Entry((int)Number(Path.GetFileName(path)), (int)Number(fields[1]), fields[11..15].Sum(Number) * MillisecondsPerTick);
        }
        catch (IOException)
        {
            return null; // it has just ended
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Entry(int Id, int Parent, double Milliseconds);
}
