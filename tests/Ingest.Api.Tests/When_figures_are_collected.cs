using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_figures_are_collected : IAsyncLifetime
{
    private readonly IngestHost host = new();
    private readonly MeterListener listener = new();
    private readonly List<(string Name, double Value, string Labels)> figures = [];

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        var meter = host.Services.GetRequiredService<IMeterFactory>().Create(IngestTelemetry.Name);
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter == meter)
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Add(instrument.Name, value, labels));
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Add(instrument.Name, value, labels));
        listener.Start();
    }

    public Task DisposeAsync()
    {
        listener.Dispose();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task unfinished_episodes_count_and_each_change_counts_once()
    {
        var held = Snapshot.Of(Guid.NewGuid(), 1, "ann", EpisodeStatus.Held, null);
        await host.Deliver(held, held, Snapshot.Of(Guid.NewGuid(), 1, "ann", EpisodeStatus.Processed, null));
        await Eventually.Holds(() => Figures().Count(one => one.Name == "podcast.episodes.changes") >= 2, "both are stored");

        listener.RecordObservableInstruments();

        Figures().ShouldContain(("podcast.episodes.unfinished", 1, "state=held"));
        Figures().ShouldContain(("podcast.episodes.unfinished", 0, "state=processing"));
        Figures().ShouldContain(one => one.Name == "podcast.episodes.unfinished.age" && one.Labels == "state=held");
        Figures().ShouldContain(("podcast.lane.state", 1, "provider=ittybit,account=,state=open"));
        Figures().Count(one => one.Name == "podcast.episodes.changes").ShouldBe(2);
    }

    [Fact]
    public async Task old_episode_that_has_just_changed_does_not_stand_still()
    {
        const int Day = 86_400;
        var old = Snapshot.Of(Guid.NewGuid(), 2, "ann", EpisodeStatus.Completing);
        var now = host.Clock.GetUtcNow();
        await host.Deliver(old with { CreatedAt = now.AddDays(-2), Change = old.Change with { At = now } });
        await Eventually.Holds(() => host.FromDatabase(db => db.Episodes.AnyAsync(one => one.Id == old.EpisodeId)), "it is stored");

        listener.RecordObservableInstruments();

        Figures().Single(one => one.Name == "podcast.episodes.unfinished.age" && one.Labels == "state=completing")
            .Value.ShouldBeGreaterThan(Day);
        Figures().Single(one => one.Name == "podcast.episodes.unfinished.idle" && one.Labels == "state=completing")
            .Value.ShouldBeLessThan(Day);
    }

    private List<(string Name, double Value, string Labels)> Figures()
    {
        lock (figures)
            return [.. figures];
    }

    private void Add(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        lock (figures)
            figures.Add((name, value, string.Join(',', labels.ToArray().Select(label => $"{label.Key}={label.Value}"))));
    }
}
