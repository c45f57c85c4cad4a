namespace Podcast.SettingsBinding;

/// <summary>How much alike two names are.</summary>
public static class Spelling
{
    /// <summary>From here on one is taken for the other with a slip of the finger: a letter too many, too few or in the wrong place.</summary>
    public const double Near = 0.8;

    /// <summary>0 for nothing in common, 1 for the same but for upper and lower case; by the longest common subsequence of letters.</summary>
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
