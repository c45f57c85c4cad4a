using System.ComponentModel.DataAnnotations;

namespace Podcast.Emulators.Transistor;

/// <summary>
/// What goes wrong, in percent of the requests or episodes; the same ones each time, for the same seed. All is off at first, and
/// after a restart.
/// </summary>
public sealed record TransistorDial
{
    /// <summary>The seed of all decisions.</summary>
    public int Seed { get; init; }

    /// <summary>Requests that are answered with 500, and change nothing.</summary>
    [Range(0, 100)] public double ServerErrorPercent { get; init; }

    /// <summary>Requests that are carried out, and whose connection is then closed without an answer.</summary>
    [Range(0, 100)] public double LostAnswerPercent { get; init; }

    /// <summary>Requests that are answered late.</summary>
    [Range(0, 100)] public double SlowPercent { get; init; }

    /// <summary>How late, in milliseconds. 0–10 min.</summary>
    [Range(0, 600_000)] public int SlowMs { get; init; } = 5000;

    /// <summary>Audio whose processing fails: <c>processing_failure</c> then has a text.</summary>
    [Range(0, 100)] public double ProcessingFailurePercent { get; init; }
}
