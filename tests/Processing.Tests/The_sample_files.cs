using Podcast.Contracts;
using Podcast.Media;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

/// <summary>Files after public bug reports, in <c>cases</c>; each stands for its kind.</summary>
public sealed class The_sample_files
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "cases");

    /// <summary>File, label, lines as <c>start-end speaker: words</c>, and the history's note.</summary>
    public static TheoryData<string, string, string[], string?> Transcripts => new()
    {
        { "srt-no-blank-lines.srt", "application/x-subrip", ["0-4 Hello one.", "4-8 Hello two.", "8-12 Hello three."], null },
        { "srt-no-numbers.srt", "application/srt", ["0-4 Hello one.", "4-8 Hello two."], null },
        { "srt-angle.srt", "text/plain", ["0-4 We need x < 5 and y > 3 here.", "4-8 AT&T said <none>."], null },
        { "vtt-header-then-cue.vtt", "text/vtt", ["0-4 Hello one.", "4-8 Hello two."], null },
        { "vtt-one-bad-time.vtt", "text/vtt", ["0-4 Hello one.", "8-12 Hello three."], "Left out 1 of 3 cues: times that cannot be read." },
        { "vtt-note-style-region.vtt", "text/webvtt", ["0-4 Ann: Hello one & all.", "4-8 Bob: Hello two."], null },
        { "vtt-timestamp-map.vtt", "video/mp4", ["0-4 Hello one.", "4-8 Hello two."], null },
        { "vtt-hours-over-99.vtt", "application/octet-stream", ["360000-360002 Hello one."], null },
        { "json-dupe-keys.json", "text/json", ["0-4 Hello one."], null },
    };

    [Theory]
    [MemberData(nameof(Transcripts))]
    public async Task are_read_whatever_their_label(string file, string label, string[] lines, string? note)
    {
        var collected = await Read(file, label);

        collected.Lines.Select(line => FormattableString.Invariant(
            $"{line.Start}-{line.End} {(line.Speaker is null ? "" : line.Speaker + ": ")}{line.Text}")).ShouldBe(lines);
        collected.Note.ShouldBe(note);
    }

    [Theory]
    [InlineData("s3-error.xml", "text/plain", "AccessDenied")]
    [InlineData("s3-error.xml", "text/vtt", "AccessDenied")]
    [InlineData("expired.html", "text/vtt", "web page")]
    public async Task that_are_no_transcripts_are_refused_by_name(string file, string label, string reason) =>
        (await Should.ThrowAsync<OutputException>(Read(file, label))).Message.ShouldContain(reason);

    [Theory]
    [InlineData("expired.html", "audio/mpeg")]
    [InlineData("expired.html", "text/html")]
    [InlineData("s3-error.xml", "audio/mpeg")]
    public async Task error_page_instead_of_an_mp3_is_another_round_then_a_reason(string file, string label)
    {
        await using var worker = await ProcessingScenario.Start();
        Serve(worker, file, label);

        var output = new EpisodeOutput(TaskKind.AudioExtraction, new TaskOutput(null, Address(worker), "audio/mpeg", 12, 5_000_000));
        (await Check(worker, output, round: 1)).ShouldBeOfType<OutputCheckDelayed>();
        (await Check(worker, output, round: 4)).ShouldBeOfType<OutputsChecked>()
            .Objections.ShouldHaveSingleItem().Reason.ShouldStartWith("Its address gives ");
    }

    [Fact]
    public async Task chapter_without_length_is_left_out_and_reported()
    {
        await using var worker = await ProcessingScenario.Start();
        Serve(worker, "ch-dup-start.json", "application/json");

        var check = (await Check(worker, new EpisodeOutput(TaskKind.ChapterDetection, new TaskOutput(null, Address(worker)))))
            .ShouldBeOfType<OutputsChecked>();

        check.Objections.ShouldBeEmpty();
        check.Note.ShouldBe("chapter_detection: Left out 1 of 3 chapters: no length.");
    }

    [Fact]
    public void are_all_tried_here()
    {
        var tried = Transcripts.Select(row => (string)row[0]).Concat(["s3-error.xml", "expired.html", "ch-dup-start.json"]);

        Directory.GetFiles(Folder).Select(Path.GetFileName).ShouldBe(tried, ignoreOrder: true);
    }

    private static async Task<Transcript> Read(string file, string label)
    {
        await using var worker = await ProcessingScenario.Start();
        Serve(worker, file, label);
        return TranscriptReader.Read(await worker.Downloads(Address(worker)));
    }

    private static async Task<object> Check(ProcessingScenario worker, EpisodeOutput output, int round = 1) =>
        (await worker.Handle(new CheckOutputs(worker.Episode, round, new EpisodeSource(null, null), [output]))).ShouldHaveSingleItem();

    private static void Serve(ProcessingScenario worker, string file, string label) =>
        worker.Ittybit.On("GET /output", Reply.Bytes(label, File.ReadAllBytes(Path.Combine(Folder, file))));

    private static Uri Address(ProcessingScenario worker) => new(worker.Ittybit.Address + "/output");
}
