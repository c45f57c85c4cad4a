using Podcast.Emulators.Ittybit.MediaWork.Real;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_chapters_are_decided
{
    [Fact]
    public void scenes_in_silences_win_over_scenes_alone() => Starts(
        scenes: [10, 20, 30], silences: [new Silence(9, 10.2), new Silence(29.8, 31)], length: 40).ShouldBe([0, 10, 30]);

    [Fact]
    public void without_such_scenes_all_scenes_count() => Starts(
        scenes: [10, 20], silences: [new Silence(14, 15)], length: 40).ShouldBe([0, 10, 20]);

    [Fact]
    public void without_scenes_the_ends_of_silences_count() => Starts(
        scenes: [], silences: [new Silence(9, 10), new Silence(19, 20)], length: 40).ShouldBe([0, 10, 20]);

    [Fact]
    public void without_anything_there_is_one_chapter() => Starts([], [], 40).ShouldBe([0]);

    [Fact]
    public void chapters_are_not_shorter_than_a_twelfth_or_a_minute()
    {
        Starts(scenes: [100, 160, 220, 590], silences: [], length: 600).ShouldBe([0, 100, 160, 220]);
        Starts(scenes: [2, 4, 39], silences: [], length: 40).ShouldBe([0, 4]);
    }

    [Fact]
    public void they_touch_each_other_and_reach_the_end()
    {
        var chapters = ChapterRules.Decide([10, 20], [], 40);

        chapters.Select(chapter => chapter.End).ShouldBe([10, 20, 40]);
        chapters.Select(chapter => chapter.Text).ShouldBe(["Chapter 1", "Chapter 2", "Chapter 3"]);
    }

    private static IEnumerable<double> Starts(double[] scenes, Silence[] silences, double length) =>
        ChapterRules.Decide(scenes, silences, length).Select(chapter => chapter.Start);
}
