using System.Security.Cryptography;

namespace Podcast.FaultRunner.Secrets;

/// <summary>The secrets of one run. Each is random, so that finding one anywhere proves a leak.</summary>
internal sealed record PlantedSecrets
{
    public string ApiKey { get; } = $"ittybit_{New()}";

    public string WebhookSecret { get; } = New();

    public string CallbackKey { get; } = New();

    public string DatabasePassword { get; } = New();

    public string BrokerPassword { get; } = New();

    public string TransistorKey { get; } = New();

    public string GoogleSecret { get; } = New();

    public string RefreshToken { get; } = $"1//{New()}";

    /// <summary>The signature in the addresses of raw videos.</summary>
    public string AddressSignature { get; } = New();

    /// <summary>The secrets that must not appear anywhere, by their names in the report.</summary>
    public IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>
    {
        ["Ittybit's key"] = ApiKey,
        ["the webhook secret"] = WebhookSecret,
        ["the callback key"] = CallbackKey,
        ["the database's password"] = DatabasePassword,
        ["the broker's password"] = BrokerPassword,
        ["Transistor's key"] = TransistorKey,
        ["the secret of Google's client"] = GoogleSecret,
        ["the refresh token"] = RefreshToken,
    };

    private static string New() => $"canary{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";
}
