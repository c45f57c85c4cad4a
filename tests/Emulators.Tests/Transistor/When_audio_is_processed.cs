using System.Security.Cryptography;
using Podcast.Emulators.Tests.Transistor.Support;
using Podcast.Emulators.Transistor;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_audio_is_processed : IAsyncLifetime
{
    private RunningTransistor transistor = null!;
    private OutsideServer outside = null!;

    public async Task InitializeAsync() => (transistor, outside) = (await RunningTransistor.Start(), await OutsideServer.Start());

    public async Task DisposeAsync()
    {
        await transistor.DisposeAsync();
        await outside.DisposeAsync();
    }

    [Fact]
    public async Task audio_from_outside_is_fetched_and_takes_time()
    {
        var id = await transistor.Create(("audio_url", outside.AudioUrl));
        await transistor.HasAudio(id);

        var processing = await transistor.Attributes(id);
        transistor.Clock.Advance(TimeSpan.FromMinutes(1));
        var ready = await transistor.Attributes(id);

        ((bool)processing["audio_processing"]!, (string?)processing["media_url"]).ShouldBe((true, null));
        ((bool)ready["audio_processing"]!, (int)ready["duration"]!, (string?)ready["duration_in_mmss"]).ShouldBe((false, 12, "00:12"));
        ((string?)ready["media_url"]).ShouldNotBeNull();
        var report = transistor.Report(id);
        (report.Sha256, report.Length).ShouldBe((Convert.ToHexStringLower(SHA256.HashData(outside.Audio)), 200_000));
    }

    [Fact]
    public async Task publishing_before_its_end_sends_silence()
    {
        var id = await transistor.Create(("audio_url", outside.AudioUrl));
        await transistor.HasAudio(id);
        await transistor.Publish(id, "published");
        await transistor.Publish(id, "draft");
        transistor.Clock.Advance(TimeSpan.FromMinutes(1));
        await transistor.Publish(id, "published");

        transistor.Report(id).Transitions.Select(transition => (transition.To, transition.SentSilence))
            .ShouldBe([("published", true), ("draft", false), ("published", false)]);
    }

    [Fact]
    public async Task episodes_without_audio_are_silent()
    {
        var id = await transistor.Create();
        await transistor.Publish(id, "published");

        transistor.Report(id).Transitions.ShouldHaveSingleItem().SentSilence.ShouldBeTrue();
    }

    [Fact]
    public async Task failures_are_told_after_the_processing()
    {
        transistor.Emulator.Chaos = new TransistorDial { ProcessingFailurePercent = 100 };
        var broken = await transistor.Create(("audio_url", outside.AudioUrl));
        await transistor.HasAudio(broken);
        (await transistor.Attributes(broken))["processing_failure"].ShouldBeNull();
        transistor.Clock.Advance(TimeSpan.FromMinutes(1));
        var missing = await transistor.Create(("audio_url", outside.MissingUrl));
        await Eventually.Holds(
            async () => (await transistor.Attributes(missing))["processing_failure"] is not null, "the fetch has failed");

        ((string?)(await transistor.Attributes(broken))["processing_failure"]).ShouldBe("Audio could not be processed");
        ((string?)(await transistor.Attributes(missing))["processing_failure"])!.ShouldContain("404");
        (await transistor.Publish(broken, "published")).Json["data"]!["attributes"]!["media_url"].ShouldBeNull();
        transistor.Report(broken).Transitions.ShouldHaveSingleItem().SentSilence.ShouldBeTrue();
    }

    [Fact]
    public async Task other_audio_is_processed_anew()
    {
        var id = await transistor.Create(("audio_url", outside.AudioUrl));
        await transistor.HasAudio(id);
        transistor.Clock.Advance(TimeSpan.FromMinutes(1));

        await transistor.Update(id, ("title", "Same audio"), ("audio_url", outside.AudioUrl));
        var same = (bool)(await transistor.Attributes(id))["audio_processing"]!;
        await transistor.Update(id, ("audio_url", outside.AudioUrl + "?v=2"));

        (same, (bool)(await transistor.Attributes(id))["audio_processing"]!).ShouldBe((false, true));
    }
}
