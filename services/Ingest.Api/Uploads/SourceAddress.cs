using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Checks the text of an address from a user: http or https, a public host, no credentials. <see cref="SourceCheck"/> resolves
/// the host name.
/// </summary>
internal static class SourceAddress
{
    private static readonly string[] privateEndings =
        [".local", ".localdomain", ".internal", ".intranet", ".lan", ".home", ".home.arpa", ".corp"];

    /// <summary>Why the address is not accepted; null if it is.</summary>
    public static string? Problem(string text, SourceOptions options)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return "must be an absolute http or https address.";

        // Reject full-width letters and digits, which other software may convert to ASCII.
        if (!Ascii.IsValid(address.Host))
            return "must have its host name in ASCII (xn--…).";
        if (address.UserInfo.Length > 0)
            return "must not contain a user name or password.";
        if (address.AbsoluteUri.Length > EpisodeTexts.LongestAddress)
            return $"has more than {EpisodeTexts.LongestAddress} characters when written in ASCII.";

        // Uri has already converted 2130706433, 0x7f.1 and 0177.0.0.1 to 127.0.0.1.
        var host = address.Host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        var isPublic = IPAddress.TryParse(host, out var ip) ? OutsideAddresses.IsAllowed(ip, options) : IsAllowed(address, host, options);
        return isPublic ? null : "must be a public address.";
    }

    // With allowed private networks, a host name can have any form.
    private static bool IsAllowed(Uri address, string name, SourceOptions options) =>
        name == "localhost" || name.EndsWith(".localhost", StringComparison.Ordinal)
            ? options.AllowLoopback
            : address.HostNameType == UriHostNameType.Dns
                && (options.AllowedNetworks.Length > 0
                    || (name.Contains('.') && !Array.Exists(privateEndings, end => name.EndsWith(end, StringComparison.Ordinal))));
}

/// <summary>See <see cref="SourceAddress"/>.</summary>
internal sealed class SourceAddressAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text
        && SourceAddress.Problem(text, validationContext.GetRequiredService<IOptions<SourceOptions>>().Value) is { } problem
            ? new ValidationResult(problem, [validationContext.MemberName!])
            : ValidationResult.Success;
}

/// <summary>
/// Resolves the host of a submitted address, so that the owner sees the error at once. DNS may answer differently later, so every
/// download of ours checks again.
/// </summary>
internal sealed class SourceCheck(
    OutsideAddresses outside, IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<SourceCheck> logger)
{
    /// <summary>Null if the address leads outside, or if the lookup fails or takes too long.</summary>
    public async Task<ProblemHttpResult?> Refuse(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await outside.Refusal(address, cancellationToken)
                .WaitAsync(options.CurrentValue.LookupTimeout, clock, cancellationToken);
            return problem is null ? null : Refusals.Unprocessable("No such source", SubmitEpisode.Field, $"cannot be used: {problem}");
        }
        catch (Exception trouble) when (trouble is SocketException or TimeoutException)
        {
            // A failure of our name server says nothing about the address and must not block the submission.
            logger.SourceNotLookedUp(trouble.GetType().Name);
            return null;
        }
    }
}
