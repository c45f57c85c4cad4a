using System.Globalization;

namespace Podcast.OperatorsConsole.Live;

/// <summary>What an open page wants to be told.</summary>
/// <param name="Rows">The episodes of the list that it shows.</param>
/// <param name="One">The episode that it shows alone; null for a list.</param>
/// <param name="NewerThan">Counts episodes that came after this; null does not.</param>
internal sealed record Watch(IReadOnlySet<Guid> Rows, Guid? One, DateTime? NewerThan)
{
    /// <summary>So many new episodes are counted: a page that stays open must not cost ever more.</summary>
    public const int MostNews = 100;

    private const int MostRows = 100;

    /// <summary>The address of the stream for a list.</summary>
    /// <param name="after">The token of what the page knows.</param>
    public static string ListAddress(string after, IEnumerable<Guid> rows, DateTime? newerThan) =>
        $"/console/live?after={after}&rows={string.Join('.', rows.Select(Short))}"
        + (newerThan is { } time ? string.Create(CultureInfo.InvariantCulture, $"&newer={time.Ticks}") : "");

    /// <summary>The address of the stream for an episode's page.</summary>
    public static string EpisodeAddress(string after, Guid episode) => $"/console/live?after={after}&one={episode}";

    public static Watch Of(string? rows, Guid? one, long? newer) => new(
        (rows ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries).Take(MostRows).Select(Long).OfType<Guid>().ToHashSet(),
        one,
        newer is > 0 and < 3_155_378_975_999_999_999 ? new DateTime(newer.Value, DateTimeKind.Utc) : null);

    private static string Short(Guid id) =>
        Convert.ToBase64String(id.ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static Guid? Long(string text)
    {
        Span<byte> bytes = stackalloc byte[16];
        return text.Length == 22
            && Convert.TryFromBase64String(text.Replace('-', '+').Replace('_', '/') + "==", bytes, out var length) && length == 16
                ? new Guid(bytes)
                : null;
    }
}
