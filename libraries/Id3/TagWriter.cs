namespace Podcast.Id3;

/// <summary>Writes a tag without padding and unsynchronisation, which today's players do not need.</summary>
internal static class TagWriter
{
    private const int MostChapters = 255; // the table of contents counts them in one byte
    private const byte TopLevelAndOrdered = 0x03;
    private const byte FrontCover = 3;

    /// <param name="kept">The frames of the earlier tag of the same version.</param>
    /// <exception cref="ArgumentException">The tag does not fit into the format: too many chapters, or too large.</exception>
    public static byte[] Write(byte version, Id3Tag tag, IEnumerable<Id3Frame> kept)
    {
        var own = Frames(version, tag).ToList();
        var ids = own.Select(frame => frame.Id).ToHashSet();
        byte[] body = [.. own.Concat(kept.Where(frame => !ids.Contains(frame.Id))).SelectMany(frame => frame.Write(version))];
        return body.Length <= Id3Header.LargestBody
            ? [.. new Id3Header(version, 0, body.Length).Write(), .. body]
            : throw new ArgumentException($"The tag would have {body.Length} bytes; ID3v2 allows {Id3Header.LargestBody}.", nameof(tag));
    }

    private static IEnumerable<Id3Frame> Frames(byte version, Id3Tag tag)
    {
        yield return Id3Frame.OfText("TIT2", tag.Title);
        yield return Id3Frame.OfText("TALB", tag.Show);
        if (tag.Chapters.Count > MostChapters)
            throw new ArgumentException($"There are {tag.Chapters.Count} chapters; ID3v2 allows {MostChapters}.", nameof(tag));
        if (tag.Chapters.Count > 0)
            yield return new("CTOC", 0, Contents(tag.Chapters.Count));
        foreach (var (index, chapter) in tag.Chapters.Index())
            yield return new("CHAP", 0, Chapter(version, index, chapter));
        if (tag.Cover is { } cover)
            yield return new("APIC", 0, [0, .. Encoding.ASCII.GetBytes(cover.MediaType), 0, FrontCover, 0, .. cover.Content.Span]);
    }

    /// <summary>The table of contents (id3v2-chapters-1.0, 3.2).</summary>
    private static byte[] Contents(int chapters) =>
        [.. "toc\0"u8, TopLevelAndOrdered, (byte)chapters, .. Enumerable.Range(0, chapters).SelectMany(ElementId)];

    /// <summary>A chapter (id3v2-chapters-1.0, 3.1). All ones instead of a byte offset mean that the times count.</summary>
    private static byte[] Chapter(byte version, int index, Id3Chapter chapter)
    {
        Span<byte> times = stackalloc byte[16];
        times.Fill(0xFF);
        BinaryPrimitives.WriteUInt32BigEndian(times, checked((uint)chapter.Start.TotalMilliseconds));
        BinaryPrimitives.WriteUInt32BigEndian(times[4..], checked((uint)chapter.End.TotalMilliseconds));
        return [.. ElementId(index), .. times, .. Id3Frame.OfText("TIT2", chapter.Title).Write(version)];
    }

    private static byte[] ElementId(int index) => Encoding.ASCII.GetBytes($"chp{index}\0");
}
