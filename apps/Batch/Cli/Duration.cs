namespace Podcast.Batch.Cli;

/// <summary>
/// A time of the command line, at most 30 days: <c>5</c> or <c>5s</c> (seconds), <c>500ms</c>, <c>15m</c>, <c>6h</c>, <c>2d</c>.
/// </summary>
/// <param name="Text">As it was typed.</param>
internal readonly record struct Duration(string Text, TimeSpan Time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>For the defaults in the help.</summary>
    public override string ToString() => Text;

    /// <summary>Null if the text is no such time.</summary>
    public static Duration? Parse(string text)
    {
        var digits = text.TrimEnd('m', 's', 'h', 'd');
        double? unit = text[digits.Length..] switch
        {
            "" or "s" => 1,
            "ms" => 0.001,
            "m" => 60,
            "h" => 3600,
            "d" => 86_400,
            _ => null,
        };
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * unit is { } seconds && seconds <= Longest.TotalSeconds
                ? new Duration(text, TimeSpan.FromSeconds(seconds))
                : null;
    }
}
