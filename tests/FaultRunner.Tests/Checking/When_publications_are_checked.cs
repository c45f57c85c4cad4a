using Podcast.Contracts;
using Podcast.FaultRunner.Evidence;
using Podcast.FaultRunner.Invariants;
using Podcast.Orchestrator.Ledger;
using static Podcast.FaultRunner.Tests.Checking.OneEpisode;

namespace Podcast.FaultRunner.Tests.Checking;

public sealed class When_publications_are_checked
{
    private static readonly ChannelItem episode = new(PublishingChannel.Transistor, "1000001", Title, IsPublic: true, "hash of the audio");
    private static readonly ChannelItem video = new(PublishingChannel.Youtube, "dQw4w9WgXcQ", Title, IsPublic: true, "hash of the video");

    [Fact]
    public void one_item_on_each_channel_is_well() => Checker.Check(Run()).ShouldAllBe(verdict => verdict.Holds);

    [Fact]
    public void second_item_is_found() =>
        Found(Run() with { ChannelItems = [episode, video, video with { Id = "another" }] }, "INV12", "2 times at Youtube: dQw4w9WgXcQ, another");

    [Fact]
    public void draft_that_was_left_beside_it_is_found() =>
        Found(Run() with { ChannelItems = [episode, episode with { Id = "1000002", IsPublic = false }, video] }, "INV12", "2 times at Transistor");

    [Fact]
    public void bytes_of_another_output_are_found() =>
        Found(Run() with { ChannelItems = [episode with { Sha256 = "hash of the video" }, video] }, "INV12", "wrong bytes: 1000001");

    [Fact]
    public void private_video_that_counts_as_published_is_found() =>
        Found(Run() with { ChannelItems = [episode, video with { IsPublic = false }] }, "INV12", "hidden");

    [Fact]
    public void item_that_is_not_there_is_found() => Found(Run() with { ChannelItems = [episode] }, "INV12", "lost");

    [Fact]
    public void episode_that_nobody_publishes_is_found() => Found(
        Run() with { Publications = [Publication(PublishingChannel.Youtube)], ChannelItems = [video], Floor = 50 }, "INV12", "forgotten");

    [Fact]
    public void item_of_an_episode_without_channels_is_found() => Found(
        Run() with { Orders = [Order()], Publications = [], ChannelItems = [video] }, "INV12", "it was not to be published");

    [Fact]
    public void item_of_nobodys_episode_is_found() =>
        Found(Run() with { ChannelItems = [episode, video, video with { Title = "spam" }] }, "INV12", "spam");

    [Fact]
    public void publication_without_an_end_is_found() => Found(
        Run() with { Publications = [Publication(PublishingChannel.Transistor, "Working", "it waits"), Publication(PublishingChannel.Youtube)], Floor = 50 },
        "INV12", "stuck: Working in Confirm (it waits)");

    [Fact]
    public void failure_counts_as_an_end_only_with_a_reason()
    {
        var failed = Publication(PublishingChannel.Transistor, "Failed", "too long");

        RunWith(failed).ShouldAllBe(verdict => verdict.Holds);
        RunWith(failed with { Reason = null }).Single(verdict => !verdict.Holds).Violations.ShouldHaveSingleItem().ShouldContain("without a reason");

        static IReadOnlyList<InvariantResult> RunWith(PublicationFact publication) => Checker.Check(
            Run() with { Publications = [publication, Publication(PublishingChannel.Youtube)], ChannelItems = [video], Floor = 50 });
    }

    [Fact]
    public void too_few_published_are_found() => Found(
        Run() with { Publications = [Publication(PublishingChannel.Transistor, "Failed", "down"), Publication(PublishingChannel.Youtube)] },
        "INV12", "only 1 of 2");

    [Fact]
    public void output_is_known_by_its_address_too() => Checker.Check(Run(new TaskOutput(null, new Uri("http://provider/files-host/outputs/task_1/a.mp3"))))
        .ShouldAllBe(verdict => verdict.Holds);

    private static RunEvidence Run(TaskOutput? audio = null)
    {
        var well = Well();
        return well with
        {
            Orders = [Order() with { IsToBePublished = true }],
            Sagas = [well.Sagas[0] with { Tasks = Ledger(audio ?? new TaskOutput("file_a", null)) }],
            ProviderOutputs =
            [
                new ProviderOutput("file_a", "outputs/task_1/a.mp3", "hash of the audio"), new ProviderOutput("file_v", "outputs/v.mp4", "hash of the video"),
            ],
            Publications = [Publication(PublishingChannel.Transistor), Publication(PublishingChannel.Youtube)],
            ChannelItems = [episode, video],
            ProviderTasks = [Task(TaskId), new ProviderTask("task_2", "video", $"youtube_video-{Id:N}-1", "Completed", IsLost: false)],
        };
    }

    private static PublicationFact Publication(PublishingChannel channel, string state = "Published", string? reason = null) =>
        new(Id, channel, state, "Confirm", reason);

    private static TaskLedger Ledger(TaskOutput audio) => new()
    {
        Entries =
        [
            Entry(TaskKind.AudioExtraction, TaskId, audio), Entry(TaskKind.VideoTranscode, "task_2", new TaskOutput("file_v", null)),
        ],
    };
}
