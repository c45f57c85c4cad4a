namespace Podcast.Emulators.YouTube.Uploads;

/// <summary>What the dial has chosen for a chunk.</summary>
internal enum ChunkFate
{
    Stored,

    /// <summary>Only the first half is stored, and the answer is 308.</summary>
    Halved,

    /// <summary>Only the first half is stored, and the answer is 503.</summary>
    Fails,

    /// <summary>Only the first half is stored, and the connection is reset.</summary>
    IsReset,

    /// <summary>The session expires.</summary>
    Expires,
}

internal static class ChunkFates
{
    public static ChunkFate NextChunk(this YouTubeChaos chaos)
    {
        var (dial, dice) = (chaos.Dial, chaos.Next("chunk"));
        if (dice.Hit(dial.SessionExpiryPercent, "session_expiry"))
            return ChunkFate.Expires;
        if (dice.Hit(dial.ChunkErrorPercent, "chunk_error"))
            return ChunkFate.Fails;
        if (dice.Hit(dial.ChunkResetPercent, "chunk_reset"))
            return ChunkFate.IsReset;
        return dice.Hit(dial.PartialStorePercent, "partial_store") ? ChunkFate.Halved : ChunkFate.Stored;
    }

    /// <summary>
    /// The number of bytes to store of a chunk with that many new ones: half of its units of 256 KiB. A chunk that is answered 308
    /// stores something, so that every upload ends.
    /// </summary>
    public static long Limit(this ChunkFate fate, long bytes)
    {
        var units = bytes / UploadRange.Unit;
        var isWhole = fate == ChunkFate.Stored || (fate == ChunkFate.Halved && units < 2);
        return isWhole ? bytes : units / 2 * UploadRange.Unit;
    }
}
