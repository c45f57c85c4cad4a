namespace Podcast.SettingsBinding;

/// <summary>Measures the similarity of two names.</summary>
public static class Spelling
{
    /// <summary>From this similarity on, a name counts as a misspelling: a letter is missing, added or misplaced.</summary>
    public const double Near = 0.8;

    /// <summary>From 0 to 1, if the names are equal ignoring case; by their longest common subsequence.</summary>
    public static double Similarity(string one, string other)
    {
        var row = new int[other.Length + 1];
        foreach (var letter in one)
        {
            var diagonal = 0;
            for (var at = 1; at < row.Length; at++)
            {
                var above = row[at];
                row[at] = char.ToLowerInvariant(letter) == char.ToLowerInvariant(other[at - 1])
                    ? diagonal + 1
                    : Math.Max(above, row[at - 1]);
                diagonal = above;
            }
        }

        return 2.0 * row[^1] / Math.Max(1, one.Length + other.Length);
    }
}
