namespace Podcast.ShowNotes;

/// <summary>The rules of platforms for one field each. They hold back a publication; they change nothing.</summary>
internal static class FieldRules
{
    public static IEnumerable<MetadataViolation> NotEmpty(string field, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            yield return new(field, "not empty", $"{field} is empty.");
    }

    /// <param name="longest">In UTF-16 code units, which are never fewer than characters.</param>
    public static IEnumerable<MetadataViolation> Characters(string field, string text, int longest)
    {
        if (text.Length > longest)
            yield return new(field, $"{longest} characters", $"{field} has {text.Length} characters; at most {longest} are allowed.");
    }

    public static IEnumerable<MetadataViolation> Bytes(string field, string text, int longest)
    {
        if (Encoding.UTF8.GetByteCount(text) is var bytes && bytes > longest)
            yield return new(field, $"{longest} bytes of UTF-8", $"{field} has {bytes} bytes of UTF-8; at most {longest} are allowed.");
    }

    public static IEnumerable<MetadataViolation> NoAngles(string field, string text)
    {
        if (text.AsSpan().IndexOfAny('<', '>') is >= 0 and var at)
            yield return new(field, "no < or >", $"{field} has a {text[at]}; neither < nor > is allowed.");
    }
}
