using Microsoft.EntityFrameworkCore;
using Podcast.Hosting.Data;
using Podcast.Testing;

namespace Podcast.Sweeping.Tests;

public sealed class When_time_has_come
{
    private static readonly DateTimeOffset start = new ManualClock().GetUtcNow();

    [Theory, InlineData(false), InlineData(true)]
    public async Task each_instance_is_told_once(bool onPostgres)
    {
        var (due, later, never) = (At(0), At(1.5), At(null));
        await using var post = await Post.Open(onPostgres, parcels: [due, later, never]);

        post.Clock.Advance(TimeSpan.FromSeconds(1));
        await post.Told(1);
        post.Clock.Advance(TimeSpan.FromSeconds(1));
        await post.Told(2);

        post.Recorder.Published<ParcelDue>().ShouldBe(
        [
            new ParcelDue(due.CorrelationId, start.AddSeconds(1), IsEarly: false),
            new ParcelDue(later.CorrelationId, start.AddSeconds(2), IsEarly: false),
        ]);
        (await post.Asks(db => db.Set<Parcel>().Where(parcel => parcel.DueClaims == 0).Select(parcel => parcel.CorrelationId).ToListAsync()))
            .ShouldBe([never.CorrelationId]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task time_of_this_process_is_known_once_it_is_committed(bool onPostgres)
    {
        await using var post = await Post.Open(onPostgres, parcels: At(0));
        post.Clock.Advance(TimeSpan.FromSeconds(1));
        await post.Told(1);

        await post.Asks(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(At(1.5));
            await db.SaveChangesAsync();
            post.Times.MayBeDue(start.AddSeconds(2)).ShouldBeFalse("no sweep would find it yet");
            await transaction.CommitAsync();
            return 0;
        });
        post.Times.MayBeDue(start.AddSeconds(2)).ShouldBeTrue();
        post.Clock.Advance(TimeSpan.FromSeconds(1));

        await post.Told(2);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task time_of_a_dead_process_is_found_by_the_poll(bool onPostgres)
    {
        await using var post = await Post.Open(onPostgres, parcels: At(0));
        post.Clock.Advance(TimeSpan.FromSeconds(1));
        await post.Told(1);
        await post.Asks(db =>
        {
            var sql = $$"""INSERT INTO {{db.TableOf<Parcel>()}} ("parcel id", "when", times) VALUES ({0}, {1}, 0)""";
            return db.Database.ExecuteSqlRawAsync(sql, Guid.NewGuid(), db.Stored(start));
        });

        post.Clock.Advance(SweepSettings.Poll);

        await post.Told(2);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task one_run_takes_all_however_small_its_batch(bool onPostgres)
    {
        await using var post = await Post.Open(onPostgres, batch: 2, parcels: Enumerable.Range(0, 5).Select(_ => At(0)));

        post.Clock.Advance(TimeSpan.FromSeconds(1));

        await post.Told(5);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task sweeps_at_the_same_time_share_the_instances(bool onPostgres)
    {
        await using var post = await Post.Open(onPostgres, parcels: Enumerable.Range(0, 300).Select(_ => At(0)));

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ClaimAll(post))));

        claims.SelectMany(ids => ids).Distinct().Count().ShouldBe(300);
        claims.Sum(ids => ids.Count).ShouldBe(300);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task nothing_is_claimed_while_the_broker_is_away(bool onPostgres)
    {
        await using var post = await Post.Open(onPostgres, parcels: At(0));
        await post.Bus.StopAsync();

        await post.Sweep.Run(default);

        (await post.Asks(db => db.Set<Parcel>().SingleAsync())).DueClaims.ShouldBe(0);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task those_that_need_not_wait_are_told_first(bool onPostgres)
    {
        var (due, later) = (At(0), At(1000));
        List<Guid> waiting = [later.CorrelationId];
        var early = new EarlyCall(
            (_, _, limit, _) => Task.FromResult(Interlocked.Exchange(ref waiting, []).Take(limit).ToList()),
            (id, now) => new ParcelDue(id, now, IsEarly: true));
        await using var post = await Post.Open(onPostgres, early: early, parcels: [due, later]);

        post.Clock.Advance(TimeSpan.FromSeconds(1));
        await post.Told(2);

        post.Recorder.Published<ParcelDue>().Select(message => (message.ParcelId, message.IsEarly))
            .ShouldBe([(later.CorrelationId, true), (due.CorrelationId, false)]);
    }

    private static Parcel At(double? seconds) => new() { DueAt = seconds is null ? null : start.AddSeconds(seconds.Value) };

    private static async Task<List<Guid>> ClaimAll(Post post)
    {
        List<Guid> all = [], some;
        do
            all.AddRange(some = await post.Claims(limit: 10));
        while (some.Count > 0);
        return all;
    }
}
