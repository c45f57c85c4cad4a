using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Podcast.EndToEnd.Tests.Metrics;

/// <summary>
/// What the hosts of this process export, with the names and labels that the collector's Prometheus exporter makes of it
/// (https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/translator/prometheus).
/// </summary>
internal sealed class ExportedMetrics : IDisposable
{
    private static readonly Dictionary<string, string> units = new() { ["s"] = "seconds", ["ms"] = "milliseconds", ["By"] = "bytes", ["1"] = "ratio" };

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, bool>> measured = new();

    public ExportedMetrics()
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (IsExported(instrument.Meter.Name))
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, _, labels, _) => Saw(instrument, labels));
        listener.SetMeasurementEventCallback<long>((instrument, _, labels, _) => Saw(instrument, labels));
        listener.SetMeasurementEventCallback<double>((instrument, _, labels, _) => Saw(instrument, labels));
        listener.Start();
    }

    /// <summary>The labels by the metric's name in Prometheus.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Names => measured
        .SelectMany(one => NamesOf(one.Key), (one, name) => (Name: name, Labels: one.Value.Keys))
        .GroupBy(one => one.Name)
        .ToDictionary(same => same.Key, IReadOnlySet<string> (same) => same.SelectMany(one => one.Labels).ToHashSet());

    /// <summary>Asks the gauges.</summary>
    public void Collect() => listener.RecordObservableInstruments();

    public void Dispose() => listener.Dispose();

    /// <summary>The meters of <c>TelemetryExport</c> in libraries/Hosting.</summary>
    private static bool IsExported(string meter) => meter is "MassTransit" or "System.Net.Http"
        || meter.StartsWith("Podcast.", StringComparison.Ordinal) || meter.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal);

    private void Saw(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var seen = measured.GetOrAdd(instrument, _ => new());
        foreach (var (label, _) in labels)
            seen[label.Replace('.', '_')] = true;
    }

    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        var words = instrument.Name.Split(['.', '_', '-'], StringSplitOptions.RemoveEmptyEntries).ToList();
        var unit = (instrument.Unit ?? "").Split('/');
        if (!unit[0].Contains('{') && (unit[0] != "1" || kind.Contains("Gauge")) && units.TryGetValue(unit[0], out var word) && !words.Contains(word))
            words.Add(word);
        if (unit.Length > 1)
            words.AddRange(["per", units[unit[1]].TrimEnd('s')]);
        if (kind.Contains("Counter") && !kind.Contains("UpDown"))
            words = [.. words.Where(one => one != "total"), "total"];
        var name = string.Join('_', words);
        return kind.Contains("Histogram") ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];
    }
}
