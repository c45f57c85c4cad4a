using System.Net;
using Podcast.Contracts;
using Podcast.Ingest.Api.Data;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_episodes_are_searched(IngestHost host) : IClassFixture<IngestHost>
{
    private readonly string owner = $"owner-{Guid.NewGuid():N}";

    [Theory]
    [InlineData("build", "How to Build APIs")]
    [InlineData("BUIL how", "How to Build APIs")]
    [InlineData("100%", "100% tested")]
    [InlineData("o'neill", "A talk with O'Neill")]
    [InlineData(@"\", null)]
    [InlineData("' | !:*&", null)]
    [InlineData("nowhere", null)]
    public async Task words_of_a_title_find_it(string words, string? title)
    {
        await Store("How to Build APIs", "100% tested", "A talk with O'Neill", "Something else");

        var found = await Titles($"/episodes?q={Uri.EscapeDataString(words)}");

        found.ShouldBe(title is null ? [] : [title]);
    }

    [Fact]
    public async Task an_id_and_its_beginning_find_the_episode()
    {
        var id = (await Store("One", "Another"))[0];

        (await Titles($"/episodes?q={id}")).ShouldBe(["One"]);
        (await Titles($"/episodes?q={id.ToString()[..13]}")).ShouldBe(["One"]);
    }

    [Theory]
    [InlineData("20261201", "Live 20261201 Wien")]
    [InlineData("deadbeef", "Deadbeef and other words")]
    [InlineData("12345678-1234", null)]
    public async Task text_that_could_begin_an_id_finds_titles_too(string words, string? title)
    {
        await Store("Live 20261201 Wien", "Deadbeef and other words", "Something else");

        (await Titles($"/episodes?q={words}")).ShouldBe(title is null ? [] : [title]);
    }

    [Theory, InlineData("/episodes"), InlineData("/episodes/counts")]
    public async Task control_characters_are_refused(string route)
    {
        var answer = await host.ClientOf(owner).GetAsync(new Uri($"{route}?q=a%00b", UriKind.Relative));

        var problem = await answer.Problem(HttpStatusCode.BadRequest);
        ((string)problem["errors"]!["q"]![0]!).ShouldBe("must not contain control characters.");
    }

    [Fact]
    public async Task id_of_a_task_finds_its_episode_but_nobody_elses()
    {
        var (mine, theirs) = (Guid.NewGuid(), Guid.NewGuid());
        await host.Deliver(
            Snapshot.Of(mine, 1, owner, tasks: Snapshot.Task(TaskKind.AudioExtraction, TaskState.Processing, $"task_{mine}")),
            Snapshot.Of(theirs, 1, "somebody else", tasks: Snapshot.Task(TaskKind.AudioExtraction, TaskState.Processing, $"task_{theirs}")));
        await Eventually.Holds(() => host.FromDatabase(db => Task.FromResult(db.Tasks.Count(t => t.EpisodeId == mine || t.EpisodeId == theirs) == 2)), "both stored");

        (await Titles($"/episodes?q=task_{mine}")).ShouldHaveSingleItem();
        (await Titles($"/episodes?q=task_{theirs}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task pages_and_counts_keep_to_what_is_searched_for()
    {
        await Store([.. Enumerable.Range(0, 7).Select(n => $"Wanted {n}"), "Other"]);
        var client = host.ClientOf(owner);
        var first = await client.Get("/episodes?q=wanted&limit=5");

        var second = await client.Get($"/episodes?q=wanted&limit=5&cursor={first["next_cursor"]}");

        first["episodes"]!.AsArray().Count.ShouldBe(5);
        second["episodes"]!.AsArray().Count.ShouldBe(2);
        var counts = await client.Get("/episodes/counts?q=wanted");
        ((int)counts["total"]!).ShouldBe(7);
        ((int)counts["counts"]!["processed"]!).ShouldBe(7);
        ((int)counts["counts"]!["held"]!).ShouldBe(0);
        ((int)(await client.Get("/episodes/counts"))["total"]!).ShouldBe(8);
    }

    [Fact]
    public async Task a_text_that_is_too_long_is_refused()
    {
        foreach (var path in new[] { "/episodes", "/episodes/counts" })
        {
            var answer = await host.ClientOf(owner).GetAsync(new Uri($"{path}?q={new string('a', 201)}", UriKind.Relative));
            (await answer.RefusedFields()).ShouldBe(["q"]);
        }
    }

    private async Task<string[]> Titles(string path) =>
        [.. (await host.ClientOf(owner).Get(path))["episodes"]!.AsArray().Select(episode => (string)episode!["title"]!)];

    private async Task<Guid[]> Store(params string[] titles)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var episodes = titles.Select(title => new Episode
        {
            Id = Guid.NewGuid(),
            UserId = owner,
            Title = title,
            Status = "processed",
            CreatedAt = at,
            UpdatedAt = at,
        }).ToArray();
        await host.InDatabase(db =>
        {
            db.Episodes.AddRange(episodes);
            return db.SaveChangesAsync();
        });
        return [.. episodes.Select(episode => episode.Id)];
    }
}
