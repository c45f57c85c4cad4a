namespace Podcast.Publishing.Channels;

/// <summary>
/// A platform: what its steps do there. Each may be repeated after a crash at any point, so it asks the platform before it makes
/// anything. A publication is only read.
/// </summary>
internal interface IChannel
{
    PublishingChannel Kind { get; }

    /// <summary>Checks the texts and makes the item, not yet public.</summary>
    Task<StepResult> Prepare(Publication publication, CancellationToken cancellationToken);

    /// <summary>Sends the next part of the file.</summary>
    /// <param name="again">True if the part may have been sent already.</param>
    Task<StepResult> Send(Publication publication, bool again, CancellationToken cancellationToken);

    /// <summary>Compares the item with what was sent, before its release.</summary>
    Task<StepResult> ReadBack(Publication publication, CancellationToken cancellationToken);

    Task<StepResult> AttachThumbnail(Publication publication, CancellationToken cancellationToken);

    Task<StepResult> AttachCaptions(Publication publication, CancellationToken cancellationToken);

    /// <summary>Makes the item public, or schedules it.</summary>
    Task<StepResult> Release(Publication publication, CancellationToken cancellationToken);

    /// <summary>Reads back whether the item is public or scheduled.</summary>
    Task<StepResult> Confirm(Publication publication, CancellationToken cancellationToken);

    /// <summary>Looks whether captions that were attached after the release exist.</summary>
    Task<StepResult> ConfirmCaptions(Publication publication, CancellationToken cancellationToken);

    /// <summary>Takes the item down; its notes say what remains.</summary>
    Task<StepResult> Retract(Publication publication, CancellationToken cancellationToken);
}
