using MassTransit;
using Microsoft.EntityFrameworkCore;
using NSubstitute;
using Podcast.Contracts;
using Podcast.Ingest.Api.Data;
using Podcast.Ingest.Api.ReadModel;
using Podcast.Ingest.Api.Tests.Fixtures;

namespace Podcast.Ingest.Api.Tests;

/// <summary>A queue hands out many messages at once, in any order: what is kept must be the newest of them.</summary>
public sealed class When_news_overtake_each_other(IngestHost host) : IClassFixture<IngestHost>
{
    private const int Newest = 13;

    [Fact]
    public async Task newest_state_of_a_publication_is_kept()
    {
        foreach (var episode in Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()))
        {
            await Race((db, version) => new PublicationChangedConsumer(db, host.Clock).Consume(Context(new PublicationChanged(
                episode, PublishingChannel.Youtube, version, "ann",
                version == Newest ? PublicationStatus.Retracted : PublicationStatus.Publishing, "send", null, null, null, "x", null, version,
                Newest, null, [], DateTimeOffset.UnixEpoch))));

            var row = await host.FromDatabase(db => db.Publications.SingleAsync(row => row.EpisodeId == episode));
            (row.Version, row.Snapshot.Version, row.IsOpen).ShouldBe((Newest, Newest, false));
        }
    }

    [Fact]
    public async Task newest_figure_of_a_quota_is_kept()
    {
        foreach (var project in Enumerable.Range(0, 20).Select(number => $"project {number}"))
        {
            await Race((db, version) => new QuotaSpentConsumer(db).Consume(Context(new QuotaSpent(
                PublishingChannel.Youtube, project, "units", version, 100, 0, DateTimeOffset.UnixEpoch,
                DateTimeOffset.UnixEpoch.AddSeconds(version)))));

            (await host.FromDatabase(db => db.Quotas.SingleAsync(row => row.Project == project))).Told.Spent.ShouldBe(Newest);
        }
    }

    /// <summary>The first comes alone, the others all at once.</summary>
    private async Task Race(Func<IngestDb, int, Task> consume)
    {
        await host.InDatabase(db => consume(db, 1));
        await Task.WhenAll(Enumerable.Range(2, Newest - 1).Select(version => Task.Run(() => host.InDatabase(db => consume(db, version)))));
    }

    private static ConsumeContext<T> Context<T>(T message)
        where T : class
    {
        var context = Substitute.For<ConsumeContext<T>>();
        context.Message.Returns(message);
        return context;
    }
}
