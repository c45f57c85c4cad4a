namespace Podcast.ShowNotes;

/// <summary>A file of the publish pack.</summary>
/// <param name="Name">With the channel as its folder: <c>youtube/title.txt</c>.</param>
/// <param name="ContentType">The media type, with the charset of text.</param>
public sealed record PackFile(string Name, string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>UTF-8 without a byte order mark.</summary>
    internal static PackFile Of(string name, string contentType, string text) => new(name, contentType, Encoding.UTF8.GetBytes(text));

    internal static PackFile Text(string name, string text) => Of(name, "text/plain; charset=utf-8", text + "\n");
}
