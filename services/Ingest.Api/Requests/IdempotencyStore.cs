using System.Security.Cryptography;
using System.Text;

namespace Podcast.Ingest.Api.Requests;

/// <summary>The <c>Idempotency-Key</c> that an owner gave a request, so that a repetition has no further effect.</summary>
/// <param name="Fingerprint">SHA-256 of the path and the request: detects reuse of the key for another request.</param>
internal sealed record RequestKey(string UserId, string Key, string Fingerprint)
{
    public const string Header = "Idempotency-Key";
    public const int Longest = 200; // characters

    /// <summary>Null if the key is well-formed.</summary>
    public ValidationProblem? Refusal => Key.Length is > 0 and <= Longest && Key.All(c => c is > ' ' and <= '~')
        ? null
        : RequestJson.Invalid(Header, $"must be 1 to {Longest} visible ASCII characters.");

    /// <summary>Null if the request has no such header.</summary>
    public static RequestKey? Of(HttpRequest http, Owner owner, object? body)
    {
        if (!http.Headers.TryGetValue(Header, out var key))
            return null;

        var asked = $"{http.Path.Value?.ToLowerInvariant()}\n{JsonSerializer.Serialize(body)}";
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked)));
        return new RequestKey(owner.Id, key is [{ } single] ? single : "", fingerprint);
    }
}

/// <summary>
/// Executes a POST in one transaction, and only once for each <see cref="RequestKey"/>. The key's row is inserted first, so that
/// the second of two concurrent requests waits for the first one's commit and then returns its answer. Rejected requests are not
/// stored.
/// </summary>
internal sealed class IdempotencyStore(IngestDb db, TimeProvider clock)
{
    /// <summary>The stored answer to an earlier request with this key; null if there is none.</summary>
    public async Task<Outcome<TAnswer>?> Known<TAnswer>(RequestKey? key, CancellationToken cancellationToken)
        where TAnswer : class
    {
        var known = key is null ? null : await db.Answers.AsNoTracking()
            .SingleOrDefaultAsync(a => a.UserId == key.UserId && a.Key == key.Key, cancellationToken);
        if (known is null)
            return null;

        return known.Fingerprint == key!.Fingerprint
            ? JsonSerializer.Deserialize<TAnswer>(known.Answer!)!
            : Refusals.Unprocessable("Key used before", RequestKey.Header, "was used for another request.");
    }

    /// <summary>
    /// Returns the stored answer, or else runs <paramref name="effect"/>, whose database changes and published messages are part
    /// of the transaction.
    /// </summary>
    public async Task<Outcome<TAnswer>> Do<TAnswer>(
        RequestKey? key, Func<Task<Outcome<TAnswer>>> effect, CancellationToken cancellationToken)
        where TAnswer : class
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var memory = Remember(key);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            await transaction.RollbackAsync(cancellationToken);
            if (await KnownByNow<TAnswer>(key, cancellationToken) is { } known)
                return known;
            throw;
        }

        var outcome = await effect();
        if (outcome.Answer is not { } answer)
            return outcome;

        memory?.Answer = JsonSerializer.Serialize(answer);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return outcome;
    }

    /// <summary>
    /// Saves the pending changes and published messages with their <paramref name="answer"/>, which is known before: one save is one
    /// transaction. If another request with this key was faster, nothing is saved, and its answer is returned.
    /// </summary>
    public async Task<Outcome<TAnswer>> Save<TAnswer>(RequestKey? key, TAnswer answer, CancellationToken cancellationToken)
        where TAnswer : class
    {
        Remember(key)?.Answer = JsonSerializer.Serialize(answer);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return answer;
        }
        catch (DbUpdateException)
        {
            if (await KnownByNow<TAnswer>(key, cancellationToken) is { } known)
                return known;
            throw;
        }
    }

    private IdempotencyRecord? Remember(RequestKey? key) => key is null ? null : db.Answers.Add(new IdempotencyRecord
    {
        UserId = key.UserId,
        Key = key.Key,
        Fingerprint = key.Fingerprint,
        CreatedAt = clock.GetUtcNow(),
    }).Entity;

    /// <summary>The answer to the request because of which this one could not be saved.</summary>
    private Task<Outcome<TAnswer>?> KnownByNow<TAnswer>(RequestKey? key, CancellationToken cancellationToken)
        where TAnswer : class
    {
        db.ChangeTracker.Clear();
        return Known<TAnswer>(key, cancellationToken);
    }
}
