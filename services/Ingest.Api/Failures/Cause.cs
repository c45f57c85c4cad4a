using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Podcast.Redaction;

namespace Podcast.Ingest.Api.Failures;

/// <summary>Why an episode failed or is held, without what differs from one episode to the next.</summary>
/// <param name="Step">The kind of the task that failed; null if the episode itself is the matter.</param>
/// <param name="Code">The provider's status code, if the message has one.</param>
/// <param name="Message">The message with <c>#</c> in place of ids, addresses, times and numbers.</param>
internal sealed partial record Cause(TaskKind? Step, string? Code, string Message)
{
    private const string Different = "#";
    private const int LongestMessage = 300;

    /// <summary>Names the cause in addresses: the same for all episodes of it.</summary>
    public string Id { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Step}\n{Message}")).AsSpan(0, 8));

    public static Cause Of(TaskKind? step, string? text)
    {
        var message = Blank().Replace(text ?? "", " ").Trim();
        var code = StatusCode().Match(message);
        message = Differing().Replace(message, match => match.Groups["code"].Success ? match.Value : Different);
        return new(step, code.Success ? code.Groups["code"].Value : null, Redactor.Cut(message, LongestMessage));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\((?<code>[45]\d\d)\b")]
    private static partial Regex StatusCode();

    [GeneratedRegex("""
        (?<code> (?<= \( ) [45]\d\d \b )
        | https?://\S+
        | \b [0-9a-fA-F]{8} (?: -[0-9a-fA-F]{4} ){3} -[0-9a-fA-F]{12} \b
        | \b [a-z]+ _ (?= [A-Za-z0-9]*\d ) [A-Za-z0-9]+ \b
        | \d+ (?: [.,:\-T]\d+ )* Z?
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Differing();
}
