using System.Net;
using Podcast.Emulators.Tests.Transistor.Support;
using Podcast.Emulators.Transistor;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_a_key_is_checked : IAsyncLifetime
{
    private RunningTransistor transistor = null!;

    public async Task InitializeAsync() => transistor = await RunningTransistor.Start(options => options.Keys =
    [
        new TransistorKey { Key = RunningTransistor.Key, UserName = "Olga Owner" },
        new TransistorKey { Key = "member", Role = TransistorRole.Member },
        new TransistorKey { Key = "one show", Role = TransistorRole.Admin, Shows = ["1"] },
    ]);

    public async Task DisposeAsync() => await transistor.DisposeAsync();

    [Fact]
    public async Task the_user_is_told_without_an_address()
    {
        var user = (await transistor.Get("v1")).Json["data"]!;

        ((string?)user["type"], (string?)user["attributes"]!["name"]).ShouldBe(("user", "Olga Owner"));
        user["attributes"]!.AsObject().ContainsKey("email").ShouldBeFalse();
        (await transistor.Get("v1/user")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task unknown_keys_get_401()
    {
        var answer = await transistor.Get("v1", "unknown");

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        ((string?)answer.Json["message"]).ShouldNotBeNullOrEmpty();
        (await transistor.Http.GetAsync("v1")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task members_may_read_but_not_write()
    {
        (await transistor.Get("v1/episodes", "member")).Status.ShouldBe(HttpStatusCode.OK);

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("episode[show_id]", "1")]);
        var answer = await transistor.Send(HttpMethod.Post, "v1/episodes", form, "member");

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)answer.Json["errors"]![0]!["title"]).ShouldNotBeNullOrEmpty();
        transistor.Emulator.Episodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task shows_of_others_are_not_there()
    {
        var id = await transistor.Create(("show_id", RunningTransistor.NewYork));

        (await transistor.Get("v1/shows", "one show")).Json["data"]!.AsArray().Count.ShouldBe(1);
        (await transistor.Get("v1/shows/new-york", "one show")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await transistor.Get($"v1/episodes/{id}", "one show")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await transistor.Get("v1/episodes", "one show")).Json["data"]!.AsArray().ShouldBeEmpty();
    }
}
