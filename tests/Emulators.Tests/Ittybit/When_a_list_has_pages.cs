using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.Ittybit;

/// <summary>The header <c>Links</c> of version 2025-08-20, and the field <c>links</c> of the versions before it.</summary>
public sealed class When_a_list_has_pages : IAsyncLifetime
{
    private RunningEmulator emulator = null!;

    public async Task InitializeAsync()
    {
        emulator = await RunningEmulator.Start();
        foreach (var title in new[] { "1", "2", "3", "4", "5" })
            await emulator.Post("media", new JsonObject { ["title"] = title });
    }

    public async Task DisposeAsync() => await emulator.DisposeAsync();

    [Theory]
    [InlineData("?limit=2&page=2", "self=2 first=1 prev=1 next=3 last=3")]
    [InlineData("?limit=2", "self=1 first=1 next=2 last=3")]
    [InlineData("?limit=2&page=3", "self=3 first=1 prev=2 last=3")]
    [InlineData("?limit=2&page=9", "self=9 first=1 prev=3 last=3")]
    [InlineData("?limit=5", "self=1 first=1 last=1")]
    public async Task links_name_the_pages_that_exist(string query, string expected)
    {
        var links = Links(await emulator.Get("media" + query));

        string.Join(' ', links.Select(link => $"{link.Rel}={link.Url[(link.Url.LastIndexOf('=') + 1)..]}")).ShouldBe(expected);
        links.ShouldAllBe(link => link.Url.StartsWith(new Uri(emulator.Http.BaseAddress!, "media?").AbsoluteUri));
    }

    [Fact]
    public async Task empty_list_has_one_page()
    {
        var links = Links(await emulator.Get("tasks"));

        links.Select(link => link.Rel).ShouldBe(["self", "first", "last"]);
        links.Select(link => link.Url).Distinct().ShouldBe([new Uri(emulator.Http.BaseAddress!, "tasks?page=1").AbsoluteUri]);
    }

    [Fact]
    public async Task next_leads_through_the_whole_list()
    {
        var titles = new List<string?>();
        for (var url = "media?limit=2"; url is not null;)
        {
            var page = await emulator.Get(url);
            titles.AddRange(page.Json.AsArray().Select(media => (string?)media!["title"]));
            url = Links(page).FirstOrDefault(link => link.Rel == "next").Url;
        }

        titles.ShouldBe(["5", "4", "3", "2", "1"]);
    }

    [Fact]
    public async Task filters_stay_in_the_links()
    {
        var links = Links(await emulator.Get("tasks?kind=audio&Page=1&status=a%20b%3E"));

        links[0].Url.ShouldEndWith("/tasks?kind=audio&status=a%20b%3E&page=1");
    }

    [Theory]
    [InlineData(Dialect.G0)]
    [InlineData(Dialect.G1)]
    public async Task oldest_dialects_have_links_in_the_body(Dialect dialect)
    {
        emulator.Emulator.Chaos = new ChaosDial { Dialect = dialect };

        var answer = await emulator.Get("media?limit=4");

        var links = answer.Json["links"]!.AsObject();
        links.Select(link => link.Key).ShouldBe(["self", "first", "prev", "next", "last"]);
        links["prev"].ShouldBeNull();
        ((string?)links["next"]).ShouldBe(new Uri(emulator.Http.BaseAddress!, "media?limit=4&page=2").AbsoluteUri);
        answer.Headers.Contains("Links").ShouldBeFalse();
    }

    private static List<(string Rel, string Url)> Links(Answer answer) => answer.Headers.GetValues("Links").ShouldHaveSingleItem()
        .Split(", ").Select(link => link.Split("; rel="))
        .Select(parts => (parts[1].Trim('"'), parts[0].TrimStart('<').TrimEnd('>'))).ToList();
}
