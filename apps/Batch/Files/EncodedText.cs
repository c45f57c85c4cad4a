using System.IO.Pipelines;
using System.Text;
using Podcast.Batch.Cli;

namespace Podcast.Batch.Files;

/// <summary>
/// Text files as people have them: UTF-8, or what a byte order mark or <c>--encoding</c> says. Bytes that make no sense in that
/// encoding are kept visible instead of becoming U+FFFD: whoever reads a line with some must refuse it.
/// </summary>
internal static class EncodedText
{
    // No text has it: Unicode calls it a noncharacter.
    private const char Unreadable = '\uFFFF';

    private static readonly (byte[] Mark, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], "utf-8"),
        ([0xFF, 0xFE, 0, 0], "utf-32"), // before the mark that it begins with
        ([0, 0, 0xFE, 0xFF], "utf-32BE"),
        ([0xFF, 0xFE], "utf-16"),
        ([0xFE, 0xFF], "utf-16BE"),
    ];

    /// <param name="bytes">Read as needed, never as a whole.</param>
    /// <param name="encoding">A name that .NET knows, for files without a mark; null: UTF-8.</param>
    /// <exception cref="UsageException">There is no such encoding.</exception>
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

    /// <summary>Whether some of its bytes made no sense.</summary>
    public static bool IsUnreadable(string text) => text.Contains(Unreadable, StringComparison.Ordinal);

    /// <summary>With U+FFFD for what cannot be read.</summary>
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
