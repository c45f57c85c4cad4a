using Podcast.Emulators.Ittybit.MediaWork.Real;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_pocketsphinx_is_read
{
    private const string Output = """
        welcome to the show
        <s> 0.000 0.020 0.999000
        welcome 0.030 0.500 0.888240
        to(3) 0.510 0.630 0.810483
        <sil> 1.240 1.650 0.999200
        show 1.660 2.000 1.000100
        </s> 5.900 6.390 1.000000

        <s> 7.740 7.810 0.998102
        [NOISE] 7.820 8.240 0.762059
        ++BREATH++ 7.820 8.240 0.762059
        </s> 8.300 8.310 1.000000
        again
        <s> 9.740 9.810 0.998102
        again 9.820 10.240 0.500000
        """;

    [Fact]
    public void an_utterance_becomes_a_segment_without_its_marks()
    {
        var words = new SpokenWords();
        foreach (var line in Output.Split('\n'))
            words.Add(line);

        words.Segments.Select(segment => segment.Text).ShouldBe(["welcome to show", "again"]);
        (words.Segments[0].Start, words.Segments[0].End).ShouldBe((0.03, 2.0));
        words.Segments[0].Confidence.ShouldBe(0.9);
        words.End.ShouldBe(10.24);
    }
}
