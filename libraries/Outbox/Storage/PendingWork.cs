namespace Podcast.Outbox;

/// <summary>The tables that have work to do.</summary>
[Flags]
internal enum PendingWork
{
    None = 0,
    Outboxes = 1,
    Leftovers = 2,
    SetAside = 4,
}
