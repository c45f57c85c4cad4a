using System.Buffers.Binary;
using System.Buffers.Text;

namespace Podcast.Ingest.Api.Episodes;

/// <summary>
/// The sort key of a page's last episode, from which the next page continues. Not signed: a forged cursor gives access to
/// nothing, since pages are filtered by owner.
/// </summary>
internal sealed record Cursor(DateTimeOffset CreatedAt, Guid Id)
{
    public static Cursor At(EpisodeView last) => new(new DateTimeOffset(last.CreatedAt), last.Id);

    public override string ToString()
    {
        Span<byte> place = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(place, CreatedAt.UtcTicks);
        Id.TryWriteBytes(place[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(place);
    }

    public static bool TryParse(string text, out Cursor? cursor)
    {
        cursor = null;
        Span<byte> place = stackalloc byte[24];
        if (!Base64Url.IsValid(text, out var length) || length != place.Length || !Base64Url.TryDecodeFromChars(text, place, out _))
            return false;

        var ticks = BinaryPrimitives.ReadInt64BigEndian(place);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;

        cursor = new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(place[8..], bigEndian: true));
        return true;
    }
}
