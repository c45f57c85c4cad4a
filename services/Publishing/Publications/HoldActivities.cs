using System.Globalization;

namespace Podcast.Publishing.Publications;

/// <summary>
/// What the state machine does when a person holds a publication, lets it go, or moves its release. The notes keep who and why.
/// </summary>
internal static class HoldActivities
{
    /// <summary>Begins nothing more. Held, it waits for no time, so it has no place in the plan either.</summary>
    public static EventActivityBinder<Publication, HoldPublication> Hold(this EventActivityBinder<Publication, HoldPublication> on) =>
        on.Then(x =>
        {
            var (saga, hold) = (x.Saga, x.Message);
            (saga.HeldAt, saga.HeldBy, saga.HeldWhy) = (hold.At.ToUniversalTime(), hold.By, hold.Why);
            if (!saga.IsAsked)
                (saga.DueAt, saga.DueClaims) = (null, 0);
            saga.Note("Held", hold.By, hold.At, hold.Why);
        });

    public static EventActivityBinder<Publication, ResumePublication> LetGo(
        this EventActivityBinder<Publication, ResumePublication> on) =>
        on.Then(x =>
        {
            (x.Saga.HeldAt, x.Saga.HeldBy, x.Saga.HeldWhy) = (null, null, null);
            x.Saga.Note("Let go", x.Message.By, x.Message.At, x.Message.Why);
        });

    public static EventActivityBinder<Publication, MoveRelease> Move(this EventActivityBinder<Publication, MoveRelease> on) =>
        on.Then(x =>
        {
            x.Saga.MovedTo = x.Message.To.ToUniversalTime();
            x.Saga.Note($"Moved to {Time(x.Message.To)}", x.Message.By, x.Message.At, x.Message.Why);
        });

    private static void Note(this Publication saga, string what, string by, DateTimeOffset at, string? why) =>
        saga.Record(new PublicationReceipt(Notes: [$"{what} by {by}, {Time(at)}{(why is null ? "." : $": {why}")}"]));

    private static string Time(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);
}
