using System.Collections.Concurrent;
using System.Text.Json;
using Podcast.Redaction;

namespace Podcast.Publishing.YouTube;

/// <summary>The accounts of the settings, with refresh tokens that somebody got by hand.</summary>
internal sealed class ConfiguredAccounts(IHttpClientFactory clients, IOptionsMonitor<YouTubeOptions> options, TimeProvider clock)
    : IYouTubeAccounts
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly ConcurrentDictionary<string, (YouTubeAccess Access, DateTimeOffset ValidUntil)> tokens = new();

    public async Task<YouTubeAccess> Access(string account, CancellationToken cancellationToken)
    {
        if (!options.CurrentValue.Accounts.TryGetValue(account, out var settings) || settings.RefreshToken.Length == 0)
        {
            throw StepException.Refused(
                $"No YouTube account is connected under the name {account}.",
                $"Set YouTube__Accounts__{account}__RefreshToken, __ClientId, __ClientSecret and __ChannelId, and retry the publication.");
        }

        var now = clock.GetUtcNow();
        if (tokens.TryGetValue(settings.RefreshToken, out var known) && known.ValidUntil > now)
            return known.Access;
        var (token, seconds) = await Refresh(account, settings, cancellationToken);
        var access = new YouTubeAccess(token, settings.ChannelId, settings.ClientId);
        tokens[settings.RefreshToken] = (access, now + TimeSpan.FromSeconds(seconds) - Margin);
        return access;
    }

    public Task<string?> ProjectOf(string account, CancellationToken cancellationToken) => Task.FromResult(
        options.CurrentValue.Accounts.TryGetValue(account, out var settings) && settings.RefreshToken.Length > 0
            ? settings.ClientId
            : null);

    private async Task<(string Token, double Seconds)> Refresh(
        string account, YouTubeAccountOptions settings, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = settings.ClientId,
            ["client_secret"] = settings.ClientSecret,
            ["refresh_token"] = settings.RefreshToken,
        });
        using var http = clients.CreateClient(YouTubeRequests.Name);
        using var response = await clock.Limit(
            options.CurrentValue.Timeout, "A request to Google's token endpoint",
            token => http.PostAsync(options.CurrentValue.TokenAddress, form, token), cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if ((int)response.StatusCode >= 500)
            throw StepException.Failed($"Google's token endpoint failed ({(int)response.StatusCode}).");
        var answer = Read(body);
        if (response.IsSuccessStatusCode)
        {
            return answer is { AccessToken: { } token }
                ? (token, answer.ExpiresIn ?? 3600)
                : throw StepException.Failed($"Google's token endpoint gave no token ({(int)response.StatusCode}).");
        }

        var why = Redactor.Line(answer?.Error ?? $"status {(int)response.StatusCode}");
        throw why == "invalid_grant"
            ? StepException.Refused(
                $"Google no longer accepts the refresh token of the YouTube account {account} (invalid_grant).",
                "Reconnect the account, and retry the publication. A token of a Google project in testing status dies after 7 days: "
                + "publish the project on its OAuth consent screen.")
            : StepException.Refused($"Google refused the YouTube account {account}: {why}.");
    }

    /// <summary>Null if it is no JSON object, or has other types.</summary>
    private static Answer? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(body, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Answer(string? AccessToken, double? ExpiresIn, string? Error);
}
