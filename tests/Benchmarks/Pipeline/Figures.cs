using System.Text.Json;

namespace Podcast.Benchmarks.Pipeline;

/// <summary>One phase of a run.</summary>
/// <param name="Latencies">Sorted; milliseconds from an episode's last webhook to <c>EpisodeProcessed</c>.</param>
/// <param name="Cpu">Milliseconds by process.</param>
internal sealed record Measurement(
    int Episodes, double Seconds, double[] Latencies, Counters Before, Counters After, Dictionary<string, double> Cpu)
{
    public double CpuPerEpisode => Cpu.Values.Sum() / Episodes;

    public double Percentile(double share) => Latencies[(int)Math.Min(Latencies.Length - 1, share * Latencies.Length)];

    public double Each(Func<Counters, double> counter) => (counter(After) - counter(Before)) / Episodes;
}

/// <summary>The figures of a run by name, in the order in which they are printed.</summary>
internal sealed class Figures
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true };

    private readonly Dictionary<string, double> all = [];

    public double this[string name]
    {
        get => all[name];
        set => all[name] = value;
    }

    public static Figures Read(FileInfo file)
    {
        var figures = new Figures();
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(file.FullName))!)
            figures[name] = value;
        return figures;
    }

    public void AddLoad(Measurement warm)
    {
        this["episodes/s"] = warm.Episodes / warm.Seconds;
        this["CPU ms / episode"] = warm.CpuPerEpisode;
        foreach (var (process, milliseconds) in warm.Cpu)
            this[$"  {process}"] = milliseconds / warm.Episodes;
        this["statements / episode"] = warm.Each(counters => counters.Statements);
        this["DISCARD ALL / episode"] = warm.Each(counters => counters.Discards);
        this["transactions / episode"] = warm.Each(counters => counters.Transactions);
        this["WAL kB / episode"] = warm.Each(counters => counters.WalBytes) / 1000;
        this["WAL syncs / episode"] = warm.Each(counters => counters.WalSyncs);
        this["messages published / episode"] = warm.Each(counters => counters.Published);
        this["messages acknowledged / episode"] = warm.Each(counters => counters.Delivered);
        this["loaded: p50 ms, last webhook to processed"] = warm.Percentile(0.5);
        this["loaded: p99 ms"] = warm.Percentile(0.99);
    }

    public void AddPaced(Measurement paced)
    {
        this["paced: CPU ms / episode"] = paced.CpuPerEpisode;
        foreach (var (process, milliseconds) in paced.Cpu)
            this[$"  paced: {process}"] = milliseconds / paced.Episodes;
        this["paced: statements / episode"] = paced.Each(counters => counters.Statements);
        this["paced: p50 ms, last webhook to processed"] = paced.Percentile(0.5);
        this["paced: p99 ms"] = paced.Percentile(0.99);
    }

    public void AddIdle(Measurement idle)
    {
        this["idle: % of a core"] = idle.CpuPerEpisode / idle.Seconds / 10;
        foreach (var (process, milliseconds) in idle.Cpu)
            this[$"  idle: {process}"] = milliseconds / idle.Seconds / 10;
        this["idle: statements/s"] = idle.Each(counters => counters.Statements) / idle.Seconds;
    }

    public void Print(TextWriter output, Figures? earlier)
    {
        foreach (var (name, value) in all)
        {
            var ratio = earlier?.all.TryGetValue(name, out var old) == true && old != 0 ? $"  {value / old,6:F2} of {old:F2}" : "";
            output.WriteLine($"{name,-45} {value,10:F2}{ratio}");
        }
    }

    public void Write(FileInfo file) => File.WriteAllText(file.FullName, JsonSerializer.Serialize(all, indented));
}
