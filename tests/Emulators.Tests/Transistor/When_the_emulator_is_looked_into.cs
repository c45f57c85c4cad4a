using Podcast.Emulators.Tests.Transistor.Support;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_the_emulator_is_looked_into
{
    [Fact]
    public async Task episodes_and_keys_are_told_over_http()
    {
        await using var transistor = await RunningTransistor.Start();
        var id = await transistor.Create(("title", "Roasting"));
        await transistor.Publish(id, "published");

        var episode = (await transistor.Get("_emulator/episodes")).Json.AsArray().ShouldHaveSingleItem()!;
        var key = (await transistor.Get("_emulator/keys")).Json.AsArray().ShouldHaveSingleItem()!;

        ((string?)episode["id"], (string?)episode["title"], (string?)episode["status"]).ShouldBe((id, "Roasting", "published"));
        ((string?)episode["transitions"]![0]!["from"], (bool)episode["transitions"]![0]!["sent_silence"]!).ShouldBe(("draft", true));
        ((string?)key["key"], (int)key["requests"]!, (int)key["refused"]!).ShouldBe((RunningTransistor.Key, 2, 0));
        (await transistor.Get("_emulator/webhooks")).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task everything_survives_a_restart()
    {
        using var directory = new TemporaryDirectory();
        await using var outside = await OutsideServer.Start();
        string first, second;
        await using (var before = await RunningTransistor.Start(directory: directory.Path))
        {
            first = await before.Create(("title", "Roasting"), ("audio_url", outside.AudioUrl));
            await before.HasAudio(first);
            await before.Form(HttpMethod.Patch, "v1/shows/1", ("show[title]", "Renamed"));
        }

        await using var after = await RunningTransistor.Start(directory: directory.Path);
        second = await after.Create();

        (after.Report(first).Title, after.Report(first).Length).ShouldBe(("Roasting", 200_000));
        ((string?)(await after.Get("v1/shows/1")).Json["data"]!["attributes"]!["title"]).ShouldBe("Renamed");
        second.ShouldNotBe(first);
    }
}
