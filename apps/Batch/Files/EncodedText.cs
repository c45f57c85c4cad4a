using System.IO.Pipelines;

namespace Podcast.Batch.Files;

/// <summary>
/// Opens text files in the encoding of their byte order mark or of <c>--encoding</c>, else in UTF-8. Bytes that are invalid in
/// that encoding are marked instead of becoming U+FFFD: callers must refuse lines for which <see cref="IsUnreadable"/> is true.
/// </summary>
internal static class EncodedText
{
    // Unicode defines it as a noncharacter, so it does not occur in text.
    private const char Unreadable = '\uFFFF';

    private static readonly (byte[] Mark, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], "utf-8"),
        ([0xFF, 0xFE, 0, 0], "utf-32"), // before utf-16, whose mark is a prefix of this one
        ([0, 0, 0xFE, 0xFF], "utf-32BE"),
        ([0xFF, 0xFE], "utf-16"),
        ([0xFE, 0xFF], "utf-16BE"),
    ];

    /// <param name="bytes">Read in parts, as needed.</param>
    /// <param name="encoding">The .NET name of the encoding for files without a byte order mark; null: UTF-8.</param>
    /// <exception cref="UsageException">.NET knows no such encoding.</exception>
    public static TextReader Open(Stream bytes, string? encoding = null)
    {
        var named = Find(encoding ?? "utf-8");
        var pipe = PipeReader.Create(bytes);
        var start = pipe.ReadAtLeastAsync(4).AsTask().GetAwaiter().GetResult().Buffer;
        Span<byte> first = stackalloc byte[4];
        var count = (int)Math.Min(4, start.Length);
        System.Buffers.BuffersExtensions.CopyTo(start.Slice(0, count), first);

        var (mark, name) = (Array.Empty<byte>(), (string?)null);
        foreach (var known in Marks)
        {
            if (name is null && first[..count].StartsWith(known.Mark))
                (mark, name) = known;
        }

        pipe.AdvanceTo(start.GetPosition(mark.Length), start.GetPosition(mark.Length));
        return new StreamReader(pipe.AsStream(), name is null ? named : Find(name), detectEncodingFromByteOrderMarks: false);
    }

    /// <summary>True if some bytes were invalid in the file's encoding.</summary>
    public static bool IsUnreadable(string text) => text.Contains(Unreadable, StringComparison.Ordinal);

    /// <summary>The text with U+FFFD in place of each invalid byte.</summary>
    public static string Shown(string text) => text.Replace(Unreadable, '\uFFFD');

    private static Encoding Find(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(
                name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(Unreadable.ToString()));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new UsageException(
                $"--encoding '{name}' is none that we know: utf-8, utf-16, latin1, windows-1252 …", ExitCodes.Usage, exception);
        }
    }
}
