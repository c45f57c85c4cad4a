using System.Globalization;

namespace Podcast.OperatorsConsole;

internal static partial class Texts
{
    public const string Chapters = "Chapters", FirstPage = "First", NextPage = "Next";
    public const string ToBePublic = "To be public", BecomesPublic = "Becomes public at (UTC)";
    public const string QuotasToday = "Quotas of today", NewAt = "New at";

    public static string NoChapters(string why) => $"There are none: {why.TrimEnd('.')}.";
    public static string HeldBy(string by) => $"Held by {by}";
    public static string SpentOf(int spent, int limit) => string.Create(CultureInfo.InvariantCulture, $"{spent:N0} of {limit:N0}");
    public static string CaptionsLeft(int videos) => videos == 1 ? "captions of 1 more video" : $"captions of {videos} more videos";

    /// <summary>What a person can do with a release.</summary>
    private static (string Name, string Does)? ReleaseAction(string action) => action switch
    {
        "hold" => ("Hold", "Nothing more of it begins until somebody lets it go."),
        "resume-release" => ("Let it go", "It goes on, and gets a new place in the plan."),
        "move" => ("Move", "It is uploaded as planned, and becomes public then. A time that is past: as soon as it can."),
        _ => null,
    };
}
