using System.Buffers;
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

    // utf-32 before utf-16, whose mark is a prefix of its mark.
    private static readonly string[] Marked = ["utf-8", "utf-32", "utf-32BE", "utf-16", "utf-16BE"];

    /// <param name="encoding">The .NET name of the encoding for files without a byte order mark; null: UTF-8.</param>
    /// <exception cref="UsageException">.NET knows no such encoding.</exception>
    public static TextReader Open(Stream bytes, string? encoding = null)
    {
        var named = Find(encoding ?? "utf-8");
        var pipe = PipeReader.Create(bytes);
        var buffer = pipe.ReadAtLeastAsync(4).AsTask().GetAwaiter().GetResult().Buffer;
        var start = buffer.Slice(0, Math.Min(4, buffer.Length)).ToArray();
        pipe.AdvanceTo(buffer.Start);

        var marked = Marked.Select(Find).FirstOrDefault(known => start.AsSpan().StartsWith(known.Preamble));
        return new StreamReader(pipe.AsStream(), marked ?? named, detectEncodingFromByteOrderMarks: false);
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
            return Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(Unreadable.ToString()));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new UsageException(
                $"--encoding '{name}' is none that we know: utf-8, utf-16, latin1, windows-1252 …", ExitCodes.Usage, exception);
        }
    }
}
