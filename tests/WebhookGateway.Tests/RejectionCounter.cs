using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.WebhookGateway.Tests;

/// <summary>Reads the counter of rejections of one host.</summary>
internal sealed class RejectionCounter : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> byReason = new();

    public RejectionCounter(IServiceProvider services)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, subscriber) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name == "podcast.webhooks.rejected")
                subscriber.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, tags, _) =>
        {
            foreach (var (name, value) in tags)
            {
                if (name == "reason")
                    byReason.AddOrUpdate((string)value!, measurement, (_, sum) => sum + measurement);
            }
        });
        listener.Start();
    }

    public long this[string reason] => byReason.GetValueOrDefault(reason);

    public void Dispose() => listener.Dispose();
}
