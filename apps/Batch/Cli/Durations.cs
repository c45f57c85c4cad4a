using System.CommandLine.Parsing;

namespace Podcast.Batch.Cli;

/// <summary>
/// Reads durations of the command line: <c>5</c> or <c>5s</c> (seconds), <c>500ms</c>, <c>15m</c>, <c>6h</c>, <c>2d</c>.
/// </summary>
internal static class Durations
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static TimeSpan? Read(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        var time = Parse(text);
        if (time is null)
            result.AddError($"{(result.Parent as OptionResult)?.Option.Name} '{text}' is no time: use seconds, or 500ms, 15m, 6h, 2d.");
        return time;
    }

    /// <summary>The time in the form in which a user would type it.</summary>
    public static string Words(TimeSpan time) => time switch
    {
        _ when time == TimeSpan.Zero => "0s",
        _ when time.Ticks % TimeSpan.TicksPerHour == 0 => $"{time.TotalHours}h",
        _ when time.Ticks % TimeSpan.TicksPerMinute == 0 => $"{time.TotalMinutes}m",
        _ => $"{time.TotalSeconds}s",
    };

    internal static TimeSpan? Parse(string text)
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
                ? TimeSpan.FromSeconds(seconds)
                : null;
    }
}
