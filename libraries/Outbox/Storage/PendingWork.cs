namespace Podcast.Outbox;

/// <summary>What there is to do.</summary>
[Flags]
internal enum PendingWork
{
    None = 0,
    Outboxes = 1,
    Leftovers = 2,
    SetAside = 4,
}
