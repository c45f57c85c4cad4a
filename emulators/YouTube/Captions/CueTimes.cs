using System.Text.RegularExpressions;

namespace Podcast.Emulators.YouTube.Captions;

/// <summary>The times of a caption file: SubRip, WebVTT or SubViewer (SBV).</summary>
/// <param name="Count">The number of cues; 0: the text is untimed.</param>
/// <param name="First">The start of the first cue.</param>
/// <param name="Last">The end of the last cue.</param>
public sealed partial record CueTimes(int Count, TimeSpan First, TimeSpan Last)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file line by line; null if it is not UTF-8.</summary>
    internal static CueTimes? Read(string path)
    {
        var times = new CueTimes(0, TimeSpan.Zero, TimeSpan.Zero);
        try
        {
            foreach (var line in File.ReadLines(path, Strict))
            {
                if (Cue().Match(line) is { Success: true } match)
                    times = new CueTimes(times.Count + 1, times.Count == 0 ? Time(match, "from") : times.First, Time(match, "to"));
            }

            return times;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static TimeSpan Time(Match match, string name)
    {
        var units = match.Groups[name].Value.Replace(',', '.').Split(':');
        return TimeSpan.FromSeconds(units.Aggregate(0.0, (sum, unit) => (sum * 60) + double.Parse(unit, CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex(@"^\s*(?<from>(\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})(\s*-->\s*|,)(?<to>(\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})")]
    private static partial Regex Cue();
}
