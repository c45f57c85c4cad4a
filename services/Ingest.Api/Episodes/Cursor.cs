using System.Globalization;

namespace Podcast.Ingest.Api.Episodes;

/// <summary>
/// The sort key of a page's last episode, from which the next page continues. Not signed: a forged cursor gives access to
/// nothing, since pages are filtered by owner.
/// </summary>
internal sealed record Cursor(DateTimeOffset CreatedAt, Guid Id)
{
    private const int TickDigits = 16;

    /// <summary>Null if <paramref name="text"/> is not a cursor.</summary>
    public static Cursor? Parse(string text) =>
        text.Length > TickDigits
        && long.TryParse(text.AsSpan(0, TickDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
        && ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
        && Guid.TryParseExact(text.AsSpan(TickDigits), "N", out var id)
            ? new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : null;

    public override string ToString() => $"{CreatedAt.UtcTicks:x16}{Id:N}";
}
