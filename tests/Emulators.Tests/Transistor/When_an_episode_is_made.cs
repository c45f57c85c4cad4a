using System.Net;
using System.Text.Json;
using Podcast.Emulators.Tests.Transistor.Support;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_an_episode_is_made : IAsyncLifetime
{
    private RunningTransistor transistor = null!;

    public async Task InitializeAsync() => transistor = await RunningTransistor.Start();

    public async Task DisposeAsync() => await transistor.DisposeAsync();

    [Fact]
    public async Task it_is_a_draft_whatever_is_sent()
    {
        var id = await transistor.Create(("title", "Roasting"), ("status", "published"), ("published_at", "2020-01-01"), ("unheard", "of"));
        await transistor.Update(id, ("status", "published"), ("summary", "Beans"));

        var made = await transistor.Attributes(id);

        ((string?)made["title"], (string?)made["summary"], (string?)made["status"]).ShouldBe(("Roasting", "Beans", "draft"));
        made["published_at"].ShouldBeNull();
        made.AsObject().ContainsKey("unheard").ShouldBeFalse();
    }

    [Fact]
    public async Task ids_are_strings_and_types_are_kept()
    {
        var id = await transistor.Create(("number", "7"), ("season", "2"), ("explicit", "true"));

        var episode = (await transistor.Get($"v1/episodes/{id}")).Json["data"]!;

        episode["id"]!.GetValueKind().ShouldBe(JsonValueKind.String);
        ((int)episode["attributes"]!["number"]!, (int)episode["attributes"]!["season"]!).ShouldBe((7, 2));
        episode["attributes"]!["explicit"]!.GetValueKind().ShouldBe(JsonValueKind.True);
    }

    [Fact]
    public async Task json_bodies_work_as_forms_do()
    {
        var made = await transistor.Json(
            HttpMethod.Post, "v1/episodes",
            """{"episode":{"show_id":1,"title":"Tea & \"milk\"","number":3,"explicit":true},"fields":{"episode":["title","number","explicit"]}}""");

        made.Status.ShouldBe(HttpStatusCode.Created);
        made.Json["data"]!["attributes"]!.AsObject().Count.ShouldBe(3);
        ((string?)made.Json["data"]!["attributes"]!["title"], (int)made.Json["data"]!["attributes"]!["number"]!).ShouldBe(("Tea & \"milk\"", 3));
        ((bool)made.Json["data"]!["attributes"]!["explicit"]!).ShouldBeTrue();
        (await transistor.Json(HttpMethod.Post, "v1/episodes", "{\"episode\":")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task the_next_number_is_that_of_its_season()
    {
        await transistor.Create(("season", "2"), ("number", "8"));
        await transistor.Create(("season", "3"), ("number", "40"));
        await transistor.Create(("show_id", RunningTransistor.NewYork), ("season", "2"), ("number", "90"));

        var next = await transistor.Create(("season", "2"), ("increment_number", "true"));
        var first = await transistor.Create(("increment_number", "true"));

        ((int)(await transistor.Attributes(next))["number"]!).ShouldBe(9);
        ((int)(await transistor.Attributes(first))["number"]!).ShouldBe(1);
    }

    [Theory]
    [InlineData("title", "No show", "Show can't be blank", 422)]
    [InlineData("show_id", "none", "Show not found", 404)]
    [InlineData("type", "special", "Type is not included in the list", 422)]
    [InlineData("number", "x", "Number must be greater than 0", 422)]
    [InlineData("audio_url", "/a.mp3", "Audio url is not a valid URL", 422)]
    public async Task wrong_fields_are_named(string name, string value, string title, int status)
    {
        (string, string)[] fields = name is "title" or "show_id" ? [] : [("episode[show_id]", "1")];
        var answer = await transistor.Form(HttpMethod.Post, "v1/episodes", [.. fields, ($"episode[{name}]", value)]);

        ((int)answer.Status).ShouldBe(status);
        ((string?)answer.Json["errors"]![0]!["title"]).ShouldBe(title);
        transistor.Emulator.Episodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task video_addresses_need_the_video_plan()
    {
        const string Video = "https://cdn.test/a.mp4", YouTube = "https://youtu.be/x";
        var without = await transistor.Create(("video_url", Video), ("youtube_url", YouTube));
        var with = await transistor.Create(("show_id", RunningTransistor.NewYork), ("video_url", Video), ("youtube_url", YouTube));

        var (ignored, taken) = (await transistor.Attributes(without), await transistor.Attributes(with));
        transistor.Clock.Advance(TimeSpan.FromMinutes(1));
        var ready = await transistor.Attributes(with);

        ((string?)ignored["video_url"], (string?)ignored["youtube_url"], (bool)ignored["video_processing"]!).ShouldBe((null, YouTube, false));
        ((string?)taken["video_url"], (string?)taken["youtube_url"], (bool)taken["video_processing"]!).ShouldBe((Video, YouTube, true));
        taken["hls_manifest_url"].ShouldBeNull();
        ((bool)ready["video_processing"]!, (string?)ready["hls_manifest_url"]).ShouldSatisfyAllConditions(
            both => both.Item1.ShouldBeFalse(), both => both.Item2!.ShouldEndWith(".m3u8"));
    }

    [Fact]
    public async Task transcripts_are_served_as_they_were_given()
    {
        var id = await transistor.Create(("transcript_text", "Hello & welcome.\nGoodbye."));

        var episode = await transistor.Attributes(id);

        (await transistor.Http.GetStringAsync((string)episode["transcript_url"]!)).ShouldBe("Hello & welcome.\nGoodbye.");
        ((string?)episode["transcripts"]!.AsArray().ShouldHaveSingleItem()).ShouldBe((string?)episode["transcript_url"]);
        episode.AsObject().ContainsKey("transcript_text").ShouldBeFalse();
        (await transistor.Attributes(await transistor.Create()))["transcripts"]!.AsArray().ShouldBeEmpty();
    }
}
