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
    [InlineData(Audio, "application/mp4", null)]
    [InlineData(Video, "application/mp4", null)]
    [InlineData(Transcript, "application/srt", null)]
    [InlineData(Transcript, "text/webvtt", null)]
    [InlineData(Audio, null, null)]
    public void an_output_is_of_its_kind(TaskKind kind, string? type, string? objection) =>
        OutputValidator.Validate(new OutputFacts(kind, type, null, 1000), null, new InspectionOptions()).ShouldBe(objection);

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
    public void bytes_decide_and_labels_are_hints(TaskKind kind, object nature, string type, string? objection) =>
        OutputValidator.Validate(new OutputFacts(kind, type, null, 1000, new SniffedContent((ContentNature)nature, "this")), null, new InspectionOptions())
            .ShouldBe(objection);

    [Theory]
    [InlineData(Audio)]
    [InlineData(Transcript)]
    public void an_output_is_not_empty(TaskKind kind) =>
        OutputValidator.Validate(new OutputFacts(kind, null, null, 0), null, new InspectionOptions()).ShouldBe("empty");

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
        OutputValidator.Validate(new OutputFacts(Audio, "audio/mpeg", made, 1000), source, new InspectionOptions()).ShouldBe(objection);

    [Theory]
    [InlineData(new[] { 0.0, 10, 60 }, null)]
    [InlineData(new[] { 0.0, 10, 63 }, null)]
    [InlineData(new double[0], "no chapters in it")]
    [InlineData(new[] { 0.0, 70 }, "chapter 2 begins at 70 s, the source has 62.5 s")]
    public void chapters_lie_inside_the_length(double[] starts, string? objection) => OutputValidator.Validate(
        new OutputFacts(Chapters, "text/vtt", null, 100, Chapters: [.. starts.Select(start => new Chapter(start, null))]),
        62.5,
        new InspectionOptions()).ShouldBe(objection);

    [Theory]
    [InlineData("""{"chapters":[{"index":0,"start":0,"end":10,"title":"a"},{"start":"10.5","end":20,"title":"b"}]}""")]
    [InlineData("""{"timeline":[{"title":"a","start":0,"end":10},{"title":"b","start":10.5,"end":20}]}""")]
    [InlineData("""[{"start":0},{"start":10.5}]""")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:10.000\na\n\n00:10.500 --> 00:20.000\nb")]
    [InlineData("1\n00:00:00,000 --> 00:00:10,000\na\n\n2\n00:00:10,500 --> 00:00:20,000\nb")]
    public void every_form_of_chapters_is_understood(string content) => Starts(content).ShouldBe("0 10.5");

    [Theory]
    [InlineData("""[{"start":0,"end":0},{"start":0,"end":5},{"start":5,"end":12}]""", "0 5", "Left out 1 of 3 chapters: no length.")]
    [InlineData("""[{"start":5},{"start":5},{"start":0}]""", "0 5", "Left out 1 of 3 chapters: the start of another. Put the chapters in order.")]
    [InlineData("""[{"start":0},{"start":9,"end":3}]""", "0", "Left out 1 of 2 chapters: no length.")]
    [InlineData("""[{"start":-1},{"start":2},{"title":"a"}]""", "2", "Left out 2 of 3 chapters: no \"start\" in seconds, a start before the beginning.")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:00.000\na\n\n00:01.000 --> 00:02.000\nb", "1", "Left out 1 of 2 chapters: no length.")]
    [InlineData("WEBVTT\n\n00:00 --> 00:01\na\n\n00:01.000 --> 00:02.000\n<v A>b <v B>c", "1", "Left out 1 of 2 chapters: times that cannot be read.")]
    public void odd_chapters_are_put_in_order_or_left_out(string content, string starts, string note)
    {
        Starts(content).ShouldBe(starts);
        ChapterReader.Read(Encoding.UTF8.GetBytes(content)).Note.ShouldBe(note);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Intro, then the guest")]
    [InlineData("""{"hello":"world"}""")]
    [InlineData("""{"chapters":[{"title":"a"}]}""")]
    [InlineData("""{"chapters":[1,2]}""")]
    public void what_is_no_list_of_chapters_is_refused(string content) =>
        Should.Throw<OutputException>(() => ChapterReader.Read(Encoding.UTF8.GetBytes(content))).Transient.ShouldBeFalse();

    private static string Starts(string content) => string.Join(
        ' ', ChapterReader.Read(Encoding.UTF8.GetBytes(content)).Chapters.Select(chapter => FormattableString.Invariant($"{chapter.Start}")));
}
