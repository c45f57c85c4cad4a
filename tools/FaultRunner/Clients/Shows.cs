using Podcast.FaultRunner.Staging;

namespace Podcast.FaultRunner.Clients;

/// <summary>The two shows of a run: one is published on Transistor and YouTube, the other nowhere.</summary>
internal static class Shows
{
    private const string Loud = "loud";
    private const string Quiet = "quiet";

    public static string Of(Order order) => order.IsToBePublished ? Loud : Quiet;

    public static async Task Make(Caller caller, CancellationToken cancellationToken)
    {
        await caller.Put($"/shows/{Quiet}", new { name = "Quiet" }, cancellationToken);
        await caller.Put(
            $"/shows/{Loud}",
            new
            {
                name = "Loud",
                language = "en",
                captions = "before_public",
                approval = "auto",
                description_pattern = "{title}\n\n{chapters}",
                channels = new
                {
                    transistor = new { account = "default", show_id = PublishingSettings.TransistorShow },
                    youtube = new { account = "main", channel_id = PublishingSettings.YouTubeChannel, privacy = "public" },
                },
            },
            cancellationToken);
    }
}
