using System.Text.RegularExpressions;

namespace Podcast.Architecture.Tests;

/// <summary>
/// Finds calls that hand a message to the broker themselves, past docs/decisions/0008: by a consumer's context or by the bus, and not as
/// <c>PublishConfirmed</c> or <c>PublishUntilConfirmed</c>, nor never cancelled and waited for with a limit.
/// </summary>
internal static partial class RawPublishing
{
    /// <summary>The calls in a C# file, from the receiver to the end of the statement.</summary>
    public static IReadOnlyList<string> In(string source)
    {
        var receivers = Receiver().Matches(source).Select(match => match.Groups["name"].Value).Distinct();
        return
        [
            .. from receiver in receivers
               from Match call in Regex.Matches(
                   source,
                   $@"\b{receiver}\s*\.\s*(?:ReceiveContext\.\w+\s*\.\s*)?(?:Publish|PublishBatch|Send|SendBatch|Respond|RespondAsync|Forward|Redeliver|Defer|GetSendEndpoint|GetPublishSendEndpoint)\s*(?:<[^(]*>)?\s*\([^;]*;")
               where !(call.Value.Contains("CancellationToken.None", StringComparison.Ordinal) && call.Value.Contains(".WaitAsync(", StringComparison.Ordinal))
               select call.Value,
        ];
    }

    [GeneratedRegex(@"\b(?:ConsumeContext(?:<[^()]*?>)?|IBus|IBusControl)\s+(?<name>\w+)\s*[,)=;{]")]
    private static partial Regex Receiver();
}
