namespace Podcast.Sweeping;

/// <summary>
/// What this process knows of the next times of <typeparamref name="TSaga"/>, so that its sweep asks the database only when something
/// may be due. Times that other processes set are known to those; if one of them ends, the next poll finds them.
/// </summary>
public sealed class DueTimes<TSaga>
    where TSaga : class, IDue
{
    private readonly Lock gate = new();
    private DateTimeOffset? next;
    private DateTimeOffset? until;

    /// <summary>The sweep asks at this time.</summary>
    public void Expect(DateTimeOffset? at)
    {
        lock (gate)
            next = next < at ? next : at ?? next;
    }

    /// <summary>The sweep asks in every run until this time, because an instance may have to be told early.</summary>
    public void ExpectUntil(DateTimeOffset time)
    {
        lock (gate)
            until = until > time ? until : time;
    }

    internal bool MayBeDue(DateTimeOffset now)
    {
        lock (gate)
            return next <= now || until >= now;
    }

    /// <summary>Forgets the next time: the caller asks the database for it.</summary>
    internal void Forget()
    {
        lock (gate)
            next = null;
    }
}
