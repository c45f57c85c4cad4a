using Microsoft.AspNetCore.DataProtection;
using Podcast.Publishing.YouTube;
using Podcast.SettingsBinding;

namespace Podcast.Publishing.Accounts;

/// <summary>Registers the accounts and the flows that connect them.</summary>
internal static class AccountsSetup
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSettings<GoogleOptions>("Google");
        services.AddDataProtection().SetApplicationName("podcast").PersistKeysToDbContext<PublishingDbContext>();
        services.AddScoped<AccountStore>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<ConfiguredAccounts>();
        services.AddScoped<IYouTubeAccounts, ConnectedAccounts>();
        services.AddTransient<LoopbackConsent>();
        services.AddTransient<DeviceConsent>();
        services.AddTransient<ChannelLookup>();
        services.AddScoped<AccountConnector>();
        services.AddScoped<HeldPublications>();
    }
}
