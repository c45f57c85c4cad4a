using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Podcast.Publishing.Accounts;

/// <summary>Keeps the refresh tokens encrypted. Each is bound to its account's name: in another row it cannot be decrypted.</summary>
internal sealed class AccountStore(PublishingDbContext database, IDataProtectionProvider protection, TimeProvider clock)
{
    public Task<ConnectedAccount?> Find(string name, CancellationToken cancellationToken) =>
        database.Set<ConnectedAccount>().AsNoTracking().SingleOrDefaultAsync(account => account.Name == name, cancellationToken);

    /// <summary>The token; null if the key to it is lost.</summary>
    public string? RefreshToken(ConnectedAccount account)
    {
        try
        {
            return Protector(account.Name).Unprotect(account.RefreshToken);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public async Task<ConnectedAccount> Save(
        string name, string clientId, ChannelOfCaller channel, GrantedTokens tokens, CancellationToken cancellationToken)
    {
        var account = new ConnectedAccount
        {
            Name = name,
            ClientId = clientId,
            ChannelId = channel.Id,
            ChannelTitle = channel.Title,
            Scopes = tokens.Scopes,
            RefreshToken = Protector(name).Protect(tokens.RefreshToken!),
            ConnectedAt = clock.GetUtcNow(),
        };
        var isKnown = await database.Set<ConnectedAccount>().AnyAsync(known => known.Name == name, cancellationToken);
        database.Entry(account).State = isKnown ? EntityState.Modified : EntityState.Added;
        await database.SaveChangesAsync(cancellationToken);
        database.Entry(account).State = EntityState.Detached;
        return account;
    }

    /// <summary>Records that Google no longer takes the token, unless the account was connected again in the meantime.</summary>
    public Task MarkDead(ConnectedAccount account, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.Set<ConnectedAccount>()
            .Where(known => known.Name == account.Name && known.RefreshToken == account.RefreshToken)
            .ExecuteUpdateAsync(change => change.SetProperty(known => known.DeadSince, now), cancellationToken);
    }

    private IDataProtector Protector(string name) => protection.CreateProtector("Podcast.Publishing.Accounts", name);
}
