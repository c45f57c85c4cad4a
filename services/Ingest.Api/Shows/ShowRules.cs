using Podcast.ShowNotes;

namespace Podcast.Ingest.Api.Shows;

/// <summary>The slug of a show.</summary>
internal sealed class SlugAttribute() : TextFormAttribute(ShowPattern.Slug, "must be 1 to 50 lower-case letters, digits and hyphens.");

/// <summary>The name of credentials. It has the form of a slug, which no key or token has.</summary>
internal sealed class AccountNameAttribute() : TextFormAttribute(
    ShowPattern.Slug, "must be the name of an account: 1 to 50 lower-case letters, digits and hyphens.");

/// <summary>A language tag (BCP 47): <c>en</c>, <c>pt-BR</c>.</summary>
internal sealed class LanguageTagAttribute() : TextFormAttribute(
    "[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}", "must be a language tag such as en or pt-BR.");

/// <summary>A name in the IANA's time zone database.</summary>
internal sealed class TimeZoneNameAttribute() : TextFormAttribute(
    "UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}", "must be the name of a time zone, such as Europe/Berlin or UTC.")
{
    public override bool IsValid(object? value) =>
        base.IsValid(value) && (value is not string name || TimeZoneInfo.TryFindSystemTimeZoneById(name, out _));
}

/// <summary>An id that YouTube gave.</summary>
internal sealed class YoutubeIdAttribute() : TextFormAttribute(
    "[A-Za-z0-9_-]{1,64}", "must be an id of YouTube's: letters, digits, _ and - only.");

/// <summary>A text of a certain form.</summary>
internal abstract class TextFormAttribute : RegularExpressionAttribute
{
    protected TextFormAttribute(string pattern, string why)
        : base(pattern) => ErrorMessage = why;
}

/// <summary>One of the words that messages have for a <typeparamref name="TEnum"/>.</summary>
internal sealed class WordAttribute<TEnum> : ValidationAttribute
    where TEnum : struct, Enum
{
    public override bool IsValid(object? value) => value is null || WireNames<TEnum>.Find(value as string) is not null;

    public override string FormatErrorMessage(string name) => $"must be one of {string.Join(", ", WireNames<TEnum>.All)}.";
}

/// <summary>The name of a task.</summary>
internal sealed class TaskNameAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is null || TaskNames.Parse(value as string) is not null;

    public override string FormatErrorMessage(string name) => $"must be one of {TaskNames.All}.";
}

/// <summary>A plan asks for a task once.</summary>
internal sealed class DistinctTasksAttribute() : ValidationAttribute("must be objects, and ask for each task once.")
{
    public override bool IsValid(object? value)
    {
        var kinds = (value as IReadOnlyList<ShowTask?> ?? []).Select(task => TaskNames.Parse(task?.Kind) ?? (object?)task?.Kind).ToList();
        return !kinds.Contains(null) && kinds.Distinct().Count() == kinds.Count;
    }
}

/// <summary>Texts that the publisher can fill: one that it cannot would fail with every episode of the show.</summary>
internal sealed class PatternAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        foreach (var pattern in value as IEnumerable<string?> ?? [value as string])
        {
            try
            {
                _ = new TextPattern(pattern ?? "");
            }
            catch (FormatException fault)
            {
                return new ValidationResult($"is no valid pattern: {fault.Message}", [validationContext.MemberName!]);
            }
        }

        return ValidationResult.Success;
    }
}

/// <summary>Tags as YouTube takes them.</summary>
internal sealed class TagsAttribute() : ValidationAttribute("must be texts without control characters, together at most 500 long.")
{
    private const int Longest = 500;

    public override bool IsValid(object? value)
    {
        var tags = value as IReadOnlyList<string?> ?? [];
        return tags.All(tag => EpisodeTexts.IsName(tag, Longest)) && tags.Sum(tag => tag!.Length) <= Longest;
    }
}
