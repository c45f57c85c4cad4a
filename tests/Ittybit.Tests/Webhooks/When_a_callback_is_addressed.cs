using System.Diagnostics;
using Microsoft.Extensions.Options;
using Podcast.Contracts;

namespace Podcast.Ittybit.Tests.Webhooks;

public class When_a_callback_is_addressed
{
    private static readonly Guid Episode = new("9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a");
    private static readonly TaskAttempt Attempt = new(Episode, TaskKind.AudioExtraction, 2);
    private readonly CallbackAddress callbacks = Callbacks("https://podcast.test/gateway/", "a key of sixteen");

    [Fact]
    public void it_says_whose_report_it_is()
    {
        var address = callbacks.For(Attempt);

        address.OriginalString.ShouldStartWith(
            "https://podcast.test/gateway/webhooks/ittybit/9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a/audio_extraction/2/");
        address.Query.ShouldBeEmpty();
        address.Segments[^1].Length.ShouldBe(22);
    }

    [Fact]
    public void its_own_token_is_genuine()
    {
        var parts = callbacks.For(Attempt).Segments.Select(part => part.TrimEnd('/')).ToArray()[^4..];

        callbacks.IsGenuine(parts[0], parts[1], parts[2], parts[3]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2b", "audio_extraction", "2")]
    [InlineData("9B1F4C4E-5E8A-4F0F-8E3A-7C2B9D3F1E2A", "audio_extraction", "2")]
    [InlineData("9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a", "video_transcode", "2")]
    [InlineData("9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a", "audio_extraction", "1")]
    [InlineData("9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a", "audio_extraction", "02")]
    [InlineData("9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a/audio_extraction", "2", "")]
    public void it_is_not_genuine_for_anything_else(string episodeId, string task, string attempt)
    {
        var token = callbacks.For(Attempt).Segments[^1];

        callbacks.IsGenuine(episodeId, task, attempt, token).ShouldBeFalse();
    }

    [Fact]
    public void only_the_whole_token_is_genuine()
    {
        var token = callbacks.For(Attempt).Segments[^1];
        var flipped = (token[0] == 'A' ? "B" : "A") + token[1..];

        foreach (var wrong in new[] { "", token[..^1], token + "A", flipped, token.ToUpperInvariant(), "ä" })
            callbacks.IsGenuine(Episode.ToString(), "audio_extraction", "2", wrong).ShouldBeFalse(wrong);
    }

    [Fact]
    public void another_key_makes_another_token()
    {
        var other = Callbacks("https://podcast.test", "another sixteen!");

        other.IsGenuine(Episode.ToString(), "audio_extraction", "2", callbacks.For(Attempt).Segments[^1])
            .ShouldBeFalse();
    }

    [Fact]
    public void it_carries_the_trace_that_it_belongs_to()
    {
        using var activity = new Activity("extract audio").SetIdFormat(ActivityIdFormat.W3C).Start();

        var address = callbacks.For(Attempt);

        address.Query.ShouldBe($"?traceparent={activity.Id}");
        callbacks.IsGenuine(Episode.ToString(), "audio_extraction", "2", address.Segments[^1]).ShouldBeTrue();
    }

    private static CallbackAddress Callbacks(string gateway, string key) =>
        new(Options.Create(new WebhookOptions { PublicUrl = new Uri(gateway), Key = key }));
}
