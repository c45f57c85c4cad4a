using Podcast.Contracts;
using Podcast.Media;
using Podcast.Processing.OutputValidation;
using Podcast.Processing.TaskKinds;

namespace Podcast.Processing.Tests;

public sealed class Judging_outputs
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Video = TaskKind.VideoTranscode;
    private const TaskKind Transcript = TaskKind.TranscriptGeneration;
    private const TaskKind Thumbnail = TaskKind.Thumbnail;

    [Theory]
    [InlineData(Audio, "audio/mpeg", null)]
    [InlineData(Audio, "AUDIO/mpeg", null)]
    [InlineData(Audio, "video/mp4", "of type video/mp4")]
    [InlineData(Video, "video/mp4", null)]
    [InlineData(Video, "audio/mpeg", "of type audio/mpeg")]
    [InlineData(Video, "text/html", "of type text/html")]
    [InlineData(Transcript, "application/json", null)]
    [InlineData(Transcript, "text/vtt", null)]
    [InlineData(Transcript, "audio/mpeg", "of type audio/mpeg")]
    [InlineData(Audio, "application/octet-stream", null)]
    [InlineData(Audio, "application/mp4", null)]
    [InlineData(Video, "application/mp4", null)]
    [InlineData(Transcript, "application/srt", null)]
    [InlineData(Transcript, "text/webvtt", null)]
    [InlineData(Audio, null, null)]
    [InlineData(Thumbnail, "image/jpeg", null)]
    [InlineData(Thumbnail, "application/octet-stream", null)]
    [InlineData(Thumbnail, "video/mp4", "of type video/mp4")]
    public void an_output_is_of_its_kind(TaskKind kind, string? type, string? objection) =>
        Objection(kind, new OutputFacts(type, null, 1000)).ShouldBe(objection);

    [Theory]
    [InlineData(Audio, ContentNature.Audio, "text/html", null)]
    [InlineData(Audio, ContentNature.AudioOrVideo, "application/mp4", null)]
    [InlineData(Audio, ContentNature.AudioOrVideo, "audio/mp4", null)]
    [InlineData(Audio, ContentNature.AudioOrVideo, "audio/mpeg", "of type audio/mpeg")]
    [InlineData(Audio, ContentNature.AudioOrVideo, "video/mp4", "of type video/mp4")]
    [InlineData(Audio, ContentNature.Unknown, "audio/mpeg", "not what it should be, but this")]
    [InlineData(Video, ContentNature.AudioOrVideo, "text/html", null)]
    [InlineData(Video, ContentNature.AudioOrVideo, "audio/mp4", "of type audio/mp4")]
    [InlineData(Video, ContentNature.Audio, "video/mp4", "not what it should be, but this")]
    [InlineData(Video, ContentNature.Other, "video/mp4", "not what it should be, but this")]
    [InlineData(Transcript, ContentNature.Text, "video/mp4", null)]
    [InlineData(Transcript, ContentNature.Audio, "text/vtt", "not what it should be, but this")]
    [InlineData(Thumbnail, ContentNature.Image, "text/html", null)]
    [InlineData(Thumbnail, ContentNature.Other, "image/jpeg", "not what it should be, but this")]
    [InlineData(Thumbnail, ContentNature.AudioOrVideo, "image/jpeg", "not what it should be, but this")]
    [InlineData(Video, ContentNature.Image, "video/mp4", "not what it should be, but this")]
    public void bytes_decide_and_labels_are_hints(TaskKind kind, object nature, string type, string? objection) =>
        Objection(kind, new OutputFacts(type, null, 1000, new SniffedContent((ContentNature)nature, "this"))).ShouldBe(objection);

    [Theory]
    [InlineData(Audio)]
    [InlineData(Transcript)]
    [InlineData(Thumbnail)]
    public void an_output_is_not_empty(TaskKind kind) =>
        Objection(kind, new OutputFacts(null, null, 0)).ShouldBe("empty");

    [Theory]
    [InlineData(52_428_800, null)]
    [InlineData(52_428_801, "52428801 bytes large, at most 52428800 are allowed")]
    public void a_thumbnail_is_no_larger_than_YouTube_takes(long bytes, string? objection) =>
        Objection(Thumbnail, new OutputFacts("image/jpeg", null, bytes)).ShouldBe(objection);

    [Theory]
    [InlineData(62.5, 62.5, null)]
    [InlineData(64.4, 62.5, null)]
    [InlineData(60.6, 62.5, null)]
    [InlineData(65.0, 62.5, "65 s long, the source has 62.5 s")]
    [InlineData(59.0, 62.5, "59 s long, the source has 62.5 s")]
    [InlineData(3635.0, 3600.0, null)]
    [InlineData(30.0, 3600.0, "30 s long, the source has 3600 s")]
    [InlineData(0.0, null, null)]
    [InlineData(0.0, 3600.0, null)]
    [InlineData(-1.0, 3600.0, null)]
    [InlineData(30.0, 0.0, null)]
    [InlineData(30.0, -1.0, null)]
    [InlineData(30.0, null, null)]
    [InlineData(null, 3600.0, null)]
    public void an_output_is_as_long_as_the_source(double? made, double? source, string? objection) =>
        Objection(Audio, new OutputFacts("audio/mpeg", made, 1000), source).ShouldBe(objection);

    [Theory]
    [InlineData(new[] { 0.0, 10, 60 }, null)]
    [InlineData(new[] { 0.0, 10, 63 }, null)]
    [InlineData(new double[0], "no chapters in it")]
    [InlineData(new[] { 0.0, 70 }, "chapter 2 begins at 70 s, the source has 62.5 s")]
    public void chapters_lie_inside_the_length(double[] starts, string? objection) =>
        DetectChaptersConsumer.Objection(starts, 62.5, new OutputOptions()).ShouldBe(objection);

    private static string? Objection(TaskKind kind, OutputFacts facts, double? source = null)
    {
        var rule = kind switch
        {
            Audio => ExtractAudioConsumer.Output,
            Video => TranscodeVideoConsumer.Output,
            Thumbnail => CreateThumbnailConsumer.Output,
            _ => GenerateTranscriptConsumer.Output,
        };
        return rule.Objection(facts, source, new OutputOptions());
    }
}
