using System.Net;
using System.Text.Json.Nodes;
using Podcast.Ingest.Api.Data;
using Podcast.Ingest.Api.Tests.Fixtures;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_episodes_are_listed(IngestHost host) : IClassFixture<IngestHost>, IAsyncLifetime
{
    private const int Count = 250;
    private readonly string owner = $"owner-{Guid.NewGuid():N}";
    private readonly List<Guid> newestFirst = [];
    private readonly Dictionary<Guid, string> statuses = [];

    /// <summary>Every five of them were made in the same millisecond; others' episodes lie between.</summary>
    public Task InitializeAsync() => host.InDatabase(async db =>
    {
        var episodes = Enumerable.Range(0, Count).Select(n => Episode(n, owner)).ToArray();
        db.Episodes.AddRange(episodes);
        db.Episodes.AddRange(Enumerable.Range(0, 20).Select(n => Episode(n * 7, "somebody else")));
        await db.SaveChangesAsync();

        // Within a millisecond any order will do, as long as it is one.
        foreach (var episode in episodes)
            statuses[episode.Id] = episode.Status;
        newestFirst.AddRange(episodes.OrderByDescending(e => e.CreatedAt).Select(e => e.Id));
    });

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(null, 20)]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(100, 100)]
    public async Task pages_lead_through_all_of_them_once_newest_first(int? limit, int expected)
    {
        var client = host.ClientOf(owner);
        var seen = new List<JsonNode>();
        var path = limit is null ? "/episodes" : $"/episodes?limit={limit}";
        while (path is not null)
        {
            var page = await Page(client, path);
            seen.AddRange(page.Episodes);
            if (page.Next is not null)
                page.Episodes.Count.ShouldBe(expected);
            path = page.Next;
        }

        seen.Select(e => (Guid)e["id"]!).ShouldBe(newestFirst, ignoreOrder: true);
        seen.Select(e => (DateTime)e["created_at"]!).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task a_page_is_not_moved_by_what_comes_in_meanwhile()
    {
        var client = host.ClientOf(owner);
        var first = await Page(client, "/episodes?limit=100");
        await host.InDatabase(db =>
        {
            db.Episodes.Add(Episode(Count + 10, owner));
            return db.SaveChangesAsync();
        });

        var second = await Page(client, first.Next!);

        second.Episodes.Select(e => (Guid)e["id"]!).Intersect(first.Episodes.Select(e => (Guid)e["id"]!)).ShouldBeEmpty();
        second.Episodes.Select(e => (Guid)e["id"]!).Except(newestFirst).ShouldBeEmpty();
        second.Episodes.Count.ShouldBe(100);
    }

    [Fact]
    public async Task a_status_keeps_its_own_through_all_pages()
    {
        var client = host.ClientOf(owner);
        var seen = new List<Guid>();
        for (var path = "/episodes?status=failed&limit=30"; path is not null;)
        {
            var page = await Page(client, path);
            page.Episodes.ShouldAllBe(e => (string)e["status"]! == "failed");
            seen.AddRange(page.Episodes.Select(e => (Guid)e["id"]!));
            path = page.Next;
        }

        seen.ShouldBe(statuses.Where(pair => pair.Value == "failed").Select(pair => pair.Key), ignoreOrder: true);
    }

    [Fact]
    public async Task previous_pages_lead_back_to_the_first()
    {
        var client = host.ClientOf(owner);
        var forward = new List<JsonNode>();
        for (string? cursor = ""; cursor is not null; cursor = (string?)forward[^1]["next_cursor"])
            forward.Add(await client.Get(cursor.Length == 0 ? "/episodes?limit=60" : $"/episodes?limit=60&cursor={cursor}"));
        var back = new List<JsonNode> { forward[^1] };
        while ((string?)back[^1]["previous_cursor"] is { } cursor)
            back.Add(await client.Get($"/episodes?limit=60&before={cursor}"));

        back.Count.ShouldBe(forward.Count);
        back.AsEnumerable().Reverse().Select(Ids).ShouldBe(forward.Select(Ids));
        back.SkipLast(1).ShouldAllBe(page => page["previous_cursor"] != null);
        back.Skip(1).ShouldAllBe(page => page["next_cursor"] != null);

        static string Ids(JsonNode page) => string.Join(' ', page["episodes"]!.AsArray().Select(e => (Guid)e!["id"]!));
    }

    [Fact]
    public async Task a_list_of_none_is_empty_and_has_no_next()
    {
        var page = await Page(host.ClientOf("nobody"), "/episodes");

        page.Episodes.ShouldBeEmpty();
        page.Next.ShouldBeNull();
    }

    private static Episode Episode(int n, string owner)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(n / 5);
        return new Episode
        {
            Id = Guid.NewGuid(),
            UserId = owner,
            Title = $"Episode {n}",
            Status = n % 4 == 0 ? "failed" : "processed",
            CreatedAt = at,
            UpdatedAt = at,
        };
    }

    private static async Task<(List<JsonNode> Episodes, string? Next)> Page(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        var page = await response.Answer(HttpStatusCode.OK);
        var link = response.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
        link?.ShouldEndWith(">; rel=\"next\"");
        var next = link?[1..link.IndexOf('>', StringComparison.Ordinal)];
        (next is null).ShouldBe(page["next_cursor"] is null);
        next?.ShouldContain((string)page["next_cursor"]!);
        return ([.. page["episodes"]!.AsArray().Select(e => e!)], next);
    }
}
