using MassTransit;
using Microsoft.EntityFrameworkCore;
using NSubstitute;
using Podcast.Publishing.Data;
using Podcast.Publishing.Publications;

namespace Podcast.Publishing.Tests;

/// <summary>A queue hands out many messages at once, in any order: the newest settings must be kept.</summary>
public sealed class When_a_show_is_changed_twice : IAsyncLifetime
{
    private const int Newest = 9;

    private readonly TemporaryDirectory directory = new();
    private Platforms platforms = null!;

    public async Task InitializeAsync() => platforms = await Platforms.Start(directory);

    public async Task DisposeAsync()
    {
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task newest_settings_are_kept(bool onPostgres)
    {
        await using var postgres = onPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var publisher = await Publisher.Start(
            platforms, directory, settings: postgres is null ? [] : [("ConnectionStrings:publishing", postgres.ConnectionString)]);
        foreach (var slug in Enumerable.Range(0, 20).Select(number => $"show-{number}"))
        {
            await Consume(publisher, slug, 1);
            await Task.WhenAll(
                Enumerable.Range(2, Newest - 1).Select(version => Task.Run(() => Consume(publisher, slug, version))));

            var row = await publisher.In((PublishingDbContext db) => db.Shows.SingleAsync(show => show.Slug == slug));
            (row.Version, row.Settings.Name, row.Settings.Approval).ShouldBe((Newest, $"version {Newest}", ApprovalPolicy.Approve));
        }
    }

    private static Task<bool> Consume(Publisher publisher, string slug, int version) => publisher.In(async (PublishingDbContext db) =>
    {
        var approval = version == Newest ? ApprovalPolicy.Approve : ApprovalPolicy.Auto;
        var context = Substitute.For<ConsumeContext<ShowChanged>>();
        context.Message.Returns(Samples.Changed(Samples.Show(approval: approval) with { Name = $"version {version}" }, version) with { Slug = slug });
        await new ShowChangedConsumer(db).Consume(context);
        return true;
    });
}
