using System.Net;
using Podcast.Emulators.Tests.Transistor.Support;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_shows_are_asked_for : IAsyncLifetime
{
    private RunningTransistor transistor = null!;

    public async Task InitializeAsync() => transistor = await RunningTransistor.Start();

    public async Task DisposeAsync() => await transistor.DisposeAsync();

    [Theory]
    [InlineData("2")]
    [InlineData("new-york")]
    public async Task a_show_is_read_by_id_or_slug(string id)
    {
        var show = (await transistor.Get($"v1/shows/{id}")).Json["data"]!;

        ((string?)show["id"], (string?)show["type"]).ShouldBe(("2", "show"));
        ((string?)show["attributes"]!["slug"], (string?)show["attributes"]!["time_zone"]).ShouldBe(("new-york", "America/New_York"));
    }

    [Fact]
    public async Task a_show_is_changed_but_not_created()
    {
        var changed = await transistor.Form(HttpMethod.Patch, "v1/shows/the-show", ("show[title]", "Renamed"), ("show[slug]", "other"));

        ((string?)changed.Json["data"]!["attributes"]!["title"], (string?)changed.Json["data"]!["attributes"]!["slug"])
            .ShouldBe(("Renamed", "the-show"));
        (await transistor.Form(HttpMethod.Patch, "v1/shows/1", ("show[time_zone]", "Nowhere"))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await transistor.Form(HttpMethod.Post, "v1/shows", ("show[title]", "New"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await transistor.Get("v1/shows?query=york")).Json["meta"]!["totalCount"]!.GetValue<int>().ShouldBe(1);
    }
}
