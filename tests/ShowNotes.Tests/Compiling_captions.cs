namespace Podcast.ShowNotes.Tests;

public sealed class Compiling_captions
{
    [Fact]
    public void srt_is_plain() => Golden.Check("youtube/captions.srt", CaptionCompiler.Compile(Samples.Lines).Srt!);

    [Fact]
    public void webvtt_names_the_speakers() => Golden.Check("feed/captions.vtt", CaptionCompiler.Compile(Samples.Lines).WebVtt!);

    [Fact]
    public void no_word_is_lost_and_no_time_is_used_twice()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Line(random)).Append(new(70, 71, "end")).ToArray();

            var captions = CaptionCompiler.Compile(lines).Captions;

            captions.ShouldAllBe(caption => caption.End > caption.Start);
            captions.Zip(captions.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Start);
            captions.SelectMany(caption => caption.Rows).ShouldAllBe(row => row.Length <= CaptionCompiler.LongestRow);
            Letters(captions.SelectMany(caption => caption.Rows)).ShouldBe(Letters(lines.Select(line => line.Text)));
        }
    }

    [Fact]
    public void rows_are_two_where_there_is_time() =>
        CaptionCompiler.Compile([new(0, 60, string.Join(' ', Enumerable.Repeat("word", 500)))])
            .Captions.ShouldAllBe(caption => caption.Rows.Count <= 2 && caption.End - caption.Start > TimeSpan.FromSeconds(0.4));

    [Theory]
    [InlineData("", 0, 1, "the transcript has no words")]
    [InlineData(" \n ", 0, 1, "the transcript has no words")]
    [InlineData("Hello", 0, 0, "the transcript has no times: YouTube accepts captions without times, but never shows them")]
    public void nothing_to_upload_is_said(string text, double start, double end, string reason)
    {
        var track = CaptionCompiler.Compile([new(start, end, text)]);

        (track.Srt, track.WebVtt, track.LeftOut).ShouldBe((null, null, reason));
    }

    [Fact]
    public void a_transcript_without_lines_has_nothing() => CaptionCompiler.Compile([]).LeftOut.ShouldBe("the transcript has no words");

    [Theory]
    [InlineData("Hello, this is my show.", false)]
    [InlineData("", false)]
    [InlineData("WEBVTT\n\nHello", false)]
    [InlineData("1\n00:00:00,000 --> 00:00:00,000\nHello\n", false)]
    [InlineData("We went --> home", false)]
    [InlineData("1\n00:00:00,000 --> 00:00:02,000\nHello\n", true)]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:02.000\nHello", true)]
    public void a_file_without_times_is_known(string file, bool isTimed) =>
        CaptionTrack.IsTimed(Encoding.UTF8.GetBytes(file)).ShouldBe(isTimed);

    [Fact]
    public void ours_are_timed_and_read_back()
    {
        var track = CaptionCompiler.Compile(Samples.Lines);

        CaptionTrack.IsTimed(Encoding.UTF8.GetBytes(track.Srt!)).ShouldBeTrue();
        foreach (var file in new[] { track.Srt!, track.WebVtt! })
        {
            var lines = TranscriptReader.Read(Encoding.UTF8.GetBytes(file)).Lines;
            lines.Select(line => line.Start).ShouldBe(track.Captions.Select(caption => caption.Start.TotalSeconds), 0.0001);
            lines.Select(line => line.End).ShouldBe(track.Captions.Select(caption => caption.End.TotalSeconds), 0.0001);
        }
    }

    private static TranscriptLine Line(Random random)
    {
        var start = random.Next(60) + (random.Next(3) * 0.0004);
        var words = Enumerable.Range(0, random.Next(1, 40)).Select(_ => new string('x', random.Next(1, 60)));
        return new(start, start + random.NextDouble() * random.Next(20), string.Join(' ', words));
    }

    private static int Letters(IEnumerable<string> texts) => texts.Sum(text => text.Count(character => character != ' '));
}
