namespace Podcast.Publishing.Publications;

/// <summary>The order of a publication's steps, by channel and by the show's policies.</summary>
internal static class Course
{
    private static readonly Step[] Transistor = [Step.Prepare, Step.Send, Step.ReadBack, Step.Release, Step.Confirm];

    private static readonly Step[] Youtube =
    [
        Step.Prepare, Step.Send, Step.ReadBack, Step.Thumbnail, Step.Captions, Step.Release, Step.Confirm, Step.TrailingCaptions,
        Step.ConfirmCaptions,
    ];

    /// <summary>The step after the present one; null: there is none.</summary>
    public static Step? Next(Publication publication)
    {
        var steps = publication.Channel == PublishingChannel.Transistor ? Transistor : Youtube;
        foreach (var step in steps.Skip(Array.IndexOf(steps, publication.Step) + 1))
        {
            if (Applies(step, publication))
                return step;
        }

        return null;
    }

    private static bool Applies(Step step, Publication publication) => step switch
    {
        Step.Thumbnail => publication.Output(TaskKind.Thumbnail) is not null,
        Step.Captions => publication.Show.Captions == CaptionsPolicy.BeforePublic && HasTranscript(publication),
        Step.TrailingCaptions or Step.ConfirmCaptions =>
            publication.Show.Captions == CaptionsPolicy.Trailing && HasTranscript(publication),
        _ => true,
    };

    private static bool HasTranscript(Publication publication) => publication.Output(TaskKind.TranscriptGeneration) is not null;
}
