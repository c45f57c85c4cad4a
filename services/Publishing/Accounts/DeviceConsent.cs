using System.Text.Json;
using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Accounts;

/// <summary>
/// Asks for consent by a short code that the person enters on any other device (RFC 8628). Google gives no permission for captions
/// this way.
/// </summary>
internal sealed class DeviceConsent(IHttpClientFactory clients, IOptions<GoogleOptions> options, TimeProvider clock)
{
    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public async Task<GrantedTokens> Ask(TextWriter output, CancellationToken cancellationToken)
    {
        var device = await Post(
            options.Value.DeviceAddress, [new("scope", YouTubeScopes.OfDevices)], cancellationToken);
        if (device is not { DeviceCode: { } code })
            throw Refused(device);

        await output.WriteLineAsync($"Open {device.VerificationUrl} on any device, enter the code {device.UserCode},");
        await output.WriteLineAsync("and choose the account or brand account that owns the channel.");

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(device.Interval ?? 5), clock);
        while (true)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            var answer = await Post(
                options.Value.TokenAddress,
                [new("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), new("device_code", code)], cancellationToken);
            switch (answer)
            {
                case { AccessToken: { } token }:
                    return new GrantedTokens(token, answer.RefreshToken, answer.Scope ?? "");
                case { Error: "authorization_pending" }:
                    break;
                case { Error: "slow_down" }:
                    timer.Period += TimeSpan.FromSeconds(5);
                    break;
                default:
                    throw Refused(answer);
            }
        }
    }

    private static ConnectException Refused(Answer? answer) => new(answer?.Error switch
    {
        "access_denied" => "You refused the consent. Nothing was stored.",
        "expired_token" => "The code has expired before it was entered. Nothing was stored; try again.",
        "invalid_client" => "Google does not know this OAuth client for devices: Google__ClientId must be one of the type "
            + "\"TVs and Limited Input devices\". Nothing was stored.",
        var error => $"Google refused: {error ?? "without a reason"} ({answer?.ErrorDescription}). Nothing was stored.",
    });

    private async Task<Answer?> Post(Uri address, KeyValuePair<string, string>[] fields, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(YouTubeRequests.Name);
        using var form = new FormUrlEncodedContent(
            [new("client_id", options.Value.ClientId), new("client_secret", options.Value.ClientSecret), .. fields]);
        using var response = await http.PostAsync(address, form, cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync<Answer>(json, cancellationToken);
        }
        catch (JsonException)
        {
            throw new ConnectException($"Google answered {(int)response.StatusCode} without JSON. Nothing was stored; try again.");
        }
    }

    private sealed record Answer(
        string? DeviceCode, string? UserCode, string? VerificationUrl, double? Interval, string? AccessToken, string? RefreshToken,
        string? Scope, string? Error, string? ErrorDescription);
}
