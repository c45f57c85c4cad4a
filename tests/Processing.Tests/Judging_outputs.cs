using System.Text;
using Podcast.Contracts;
using Podcast.Processing.Inspecting;
using Podcast.Processing.Outputs;

namespace Podcast.Processing.Tests;

public sealed class Judging_outputs
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Video = TaskKind.VideoTranscode;
    private const TaskKind Chapters = TaskKind.ChapterDetection;
    private const TaskKind Transcript = TaskKind.TranscriptGeneration;

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
    [InlineData(Audio, null, null)]
    public void an_output_is_of_its_kind(TaskKind kind, string? type, string? objection) =>
        Judge.Object(new Exhibit(kind, type, null, 1000), null, new InspectionOptions()).ShouldBe(objection);

    [Theory]
    [InlineData(Audio)]
    [InlineData(Transcript)]
    public void an_output_is_not_empty(TaskKind kind) =>
        Judge.Object(new Exhibit(kind, null, null, 0), null, new InspectionOptions()).ShouldBe("empty");

    [Theory]
    [InlineData(62.5, 62.5, null)]
    [InlineData(64.4, 62.5, null)]
    [InlineData(60.6, 62.5, null)]
    [InlineData(65.0, 62.5, "65 s long, the source has 62.5 s")]
    [InlineData(59.0, 62.5, "59 s long, the source has 62.5 s")]
    [InlineData(3635.0, 3600.0, null)]
    [InlineData(30.0, 3600.0, "30 s long, the source has 3600 s")]
    [InlineData(0.0, null, "without length")]
    [InlineData(30.0, null, null)]
    [InlineData(null, 3600.0, null)]
    public void an_output_is_as_long_as_the_source(double? made, double? source, string? objection) =>
        Judge.Object(new Exhibit(Audio, "audio/mpeg", made, 1000), source, new InspectionOptions()).ShouldBe(objection);

    [Theory]
    [InlineData(new[] { 0.0, 10, 60 }, null)]
    [InlineData(new[] { 0.0, 10, 63 }, null)]
    [InlineData(new double[0], "no chapters in it")]
    [InlineData(new[] { 0.0, 10, 10 }, "chapter 3 does not begin after the one before")]
    [InlineData(new[] { 5.0, 1 }, "chapter 2 does not begin after the one before")]
    [InlineData(new[] { -1.0, 1 }, "chapter 1 begins before the beginning")]
    [InlineData(new[] { 0.0, 70 }, "chapter 2 begins at 70 s, the source has 62.5 s")]
    public void chapters_rise_inside_the_length(double[] starts, string? objection) =>
        Judge.Object(new Exhibit(Chapters, "text/vtt", null, 100, starts), 62.5, new InspectionOptions()).ShouldBe(objection);

    [Theory]
    [InlineData("""{"chapters":[{"index":0,"start":0,"end":10,"title":"a"},{"start":"10.5","end":20,"title":"b"}]}""")]
    [InlineData("""{"timeline":[{"title":"a","start":0,"end":10},{"title":"b","start":10.5,"end":20}]}""")]
    [InlineData("""[{"start":0},{"start":10.5}]""")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:10.000\na\n\n00:10.500 --> 00:20.000\nb")]
    [InlineData("1\n00:00:00,000 --> 00:00:10,000\na\n\n2\n00:00:10,500 --> 00:00:20,000\nb")]
    public void every_form_of_chapters_is_understood(string content) =>
        ChapterReader.Read(Encoding.UTF8.GetBytes(content)).ShouldBe([0, 10.5]);

    [Theory]
    [InlineData("")]
    [InlineData("Intro, then the guest")]
    [InlineData("""{"hello":"world"}""")]
    [InlineData("""{"chapters":[{"title":"a"}]}""")]
    [InlineData("""{"chapters":[1,2]}""")]
    public void what_is_no_list_of_chapters_is_refused(string content) =>
        Should.Throw<OutputException>(() => ChapterReader.Read(Encoding.UTF8.GetBytes(content))).Transient.ShouldBeFalse();
}
