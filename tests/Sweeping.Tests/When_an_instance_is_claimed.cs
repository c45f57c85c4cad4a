namespace Podcast.Sweeping.Tests;

public sealed class When_an_instance_is_claimed
{
    private static readonly TimeSpan lease = TimeSpan.FromSeconds(30);

    [Theory, InlineData(false), InlineData(true)]
    public async Task it_is_due_again_when_the_lease_ends(bool onPostgres)
    {
        await using var post = await Post.Open(onPostgres);
        var (due, later) = (new Parcel { DueAt = post.Now.AddSeconds(-1) }, new Parcel { DueAt = post.Now.AddSeconds(1) });
        await post.Keeps([due, later, new Parcel()]);

        (await Claim(post)).ShouldBe([due.CorrelationId]);
        (await Claim(post)).ShouldBeEmpty();
        (await Claim(post, after: 31)).ShouldBe([later.CorrelationId, due.CorrelationId], ignoreOrder: true);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task the_oldest_come_first_and_no_more_than_asked_for(bool onPostgres)
    {
        await using var post = await Post.Open(onPostgres);
        var parcels = Enumerable.Range(0, 5).Select(i => new Parcel { DueAt = post.Now.AddSeconds(-i) }).ToList();
        await post.Keeps(parcels);

        (await Claim(post, limit: 2)).ShouldBe(parcels[3..].Select(parcel => parcel.CorrelationId), ignoreOrder: true);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task one_that_hears_nothing_is_told_ever_less_often(bool onPostgres)
    {
        await using var post = await Post.Open(onPostgres);
        await post.Keeps([new Parcel { DueAt = post.Now }]);

        var claims = new List<int>();
        for (var second = 0; second < 3600; second += 30)
        {
            if (await Claim(post, after: second) is [_])
                claims.Add(second);
        }

        claims.ShouldBe([0, 30, 90, 210, 450, 930, 1410, 1890, 2370, 2850, 3330]);
    }

    private static Task<List<Guid>> Claim(Post post, int after = 0, int limit = 10) =>
        post.Asks(db => new DueRows<PostContext, Parcel>(db).Claim(post.Now.AddSeconds(after), lease, limit, default));
}
