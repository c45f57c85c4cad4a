using Podcast.FaultRunner.Listening;

namespace Podcast.FaultRunner.Tests.Checking;

public sealed class The_echo
{
    [Theory]
    [InlineData("podcast.task-completed", "episode")]
    [InlineData("podcast.extract-audio", "extract-audio")]
    [InlineData("podcast.episode-changed", "ingest-episode-changed")]
    [InlineData("podcast.lane-changed", "lane-changed")] // in the saga's queue nobody would know it
    [InlineData("podcast.show-changed", null)]
    [InlineData("podcast.episode-processed", "episode-processed")]
    [InlineData("podcast.send-chunk", "send-chunk")]
    [InlineData("podcast.publication-step-ended", "publication")]
    [InlineData("podcast.publication-replanned", "publication")]
    [InlineData("podcast.approve-publication", "publication")]
    [InlineData("podcast.retry-episode", "episode")]
    [InlineData("podcast.episode-due", "episode")]
    [InlineData("podcast.publishing-failed", null)]
    [InlineData("podcast.fault.check-task", null)]
    [InlineData("podcast.a-message-of-tomorrow", null)]
    public void copy_goes_to_the_queue_of_its_consumer(string exchange, string? queue) => Echo.QueueOf(exchange).ShouldBe(queue);
}
