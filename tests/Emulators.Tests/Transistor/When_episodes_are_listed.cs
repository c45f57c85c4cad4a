using Podcast.Emulators.Tests.Transistor.Support;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_episodes_are_listed : IAsyncLifetime
{
    private RunningTransistor transistor = null!;

    public async Task InitializeAsync() => transistor = await RunningTransistor.Start();

    public async Task DisposeAsync() => await transistor.DisposeAsync();

    [Theory]
    [InlineData("", 10, 1)]
    [InlineData("&pagination[page]=0", 10, 1)]
    [InlineData("&pagination[page]=1", 10, 1)]
    [InlineData("&pagination[page]=2", 2, 2)]
    [InlineData("&pagination[limit]=3", 10, 1)]
    [InlineData("&page=2", 10, 1)]
    public async Task pages_have_ten_and_unknown_parameters_no_effect(string query, int count, int page)
    {
        for (var number = 0; number < 12; number++)
            await transistor.Create(("title", $"Episode {number}"));

        var list = (await transistor.Get("v1/episodes?show_id=the-show" + query)).Json;

        list["data"]!.AsArray().Count.ShouldBe(count);
        ((int)list["meta"]!["currentPage"]!, (int)list["meta"]!["totalPages"]!, (int)list["meta"]!["totalCount"]!).ShouldBe((page, 2, 12));
    }

    [Fact]
    public async Task episodes_are_found_by_words_and_state()
    {
        var old = await transistor.Create(("title", "Roasting coffee"));
        var draft = await transistor.Create(("title", "Roasting cocoa"));
        var recent = await transistor.Create(("title", "Brewing coffee"));
        await transistor.Create(("title", "Coffee elsewhere"), ("show_id", RunningTransistor.NewYork));
        await transistor.Publish(old, "published", "2020-01-01 00:00:00");
        await transistor.Publish(recent, "published");

        (await Ids("show_id=1")).ShouldBe([draft, recent, old]);
        (await Ids("show_id=1&order=asc")).ShouldBe([old, recent, draft]);
        (await Ids("show_id=1&query=roasting")).ShouldBe([draft, old]);
        (await Ids("show_id=1&status=published&query=coffee")).ShouldBe([recent, old]);
        (await Ids("pagination[per]=1&pagination[page]=2&show_id=1")).ShouldBe([recent]);
    }

    [Fact]
    public async Task fields_and_related_shows_are_as_asked()
    {
        var id = await transistor.Create(("title", "Roasting"));

        var whole = (await transistor.Get($"v1/episodes/{id}")).Json;
        var sparse = (await transistor.Get($"v1/episodes/{id}?fields[episode][]=title&include[]=show&fields[show][]=slug")).Json;

        whole["included"].ShouldBeNull();
        whole["data"]!["attributes"]!.AsObject().Count.ShouldBeGreaterThan(30);
        sparse["data"]!["attributes"]!.ToJsonString().ShouldBe("""{"title":"Roasting"}""");
        ((string?)sparse["data"]!["relationships"]!["show"]!["data"]!["id"]).ShouldBe("1");
        sparse["included"]!.ToJsonString().ShouldBe(
            """[{"id":"1","type":"show","attributes":{"slug":"the-show"},"relationships":{}}]""");
    }

    private async Task<IEnumerable<string?>> Ids(string query) =>
        (await transistor.Get("v1/episodes?" + query)).Json["data"]!.AsArray().Select(episode => (string?)episode!["id"]);
}
