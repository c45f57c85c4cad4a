using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;

namespace Podcast.Publishing.Accounts;

/// <summary>A Google account and the one channel of it for which a person gave us a refresh token.</summary>
internal sealed class ConnectedAccount
{
    public required string Name { get; init; } // by which shows refer to it
    public required string ClientId { get; set; } // the token works only for this OAuth client
    public required string ChannelId { get; set; }
    public required string ChannelTitle { get; set; }
    public required string Scopes { get; set; } // granted, separated by spaces
    public required string RefreshToken { get; set; } // encrypted by Data Protection
    public DateTimeOffset ConnectedAt { get; set; }
    public DateTimeOffset? DeadSince { get; set; } // Google no longer takes the token: nothing is asked until it is connected again
}

/// <summary>The tables of accounts.</summary>
internal static class AccountTables
{
    public static void AddAccounts(this ModelBuilder model)
    {
        model.Entity<ConnectedAccount>(account =>
        {
            account.ToTable("accounts").HasKey(x => x.Name);
            account.Property(x => x.Name).HasMaxLength(ShowPattern.LongestSlug);
        });
        model.Entity<DataProtectionKey>().ToTable("data_protection_keys");
    }
}
