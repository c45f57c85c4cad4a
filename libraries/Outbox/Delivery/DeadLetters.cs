namespace Podcast.Outbox;

/// <summary>Sends dead letters again when their retry is due.</summary>
internal sealed class DeadLetters<TDbContext>(
    OutboxStore<TDbContext> store, MessageSender sender, IServiceScopeFactory scopes, ILogger<DeadLetters<TDbContext>> logger)
    where TDbContext : DbContext
{
    /// <param name="avoid">Destinations that do not accept messages at present.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public async Task<Progress> Retry(IReadOnlyCollection<Uri> avoid, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        List<DeadLetter> due = [];
        return await store.SendAndWrite(context, Send, Write, cancellationToken);

        async Task<IReadOnlyList<Sent>?> Send()
        {
            var now = await store.Now(context, cancellationToken);
            due = await store.Statements(context).Due(context, now, store.Options.BatchSize, avoid).ToListAsync(cancellationToken);
            return due.Count == 0
                ? null
                : await sender.Send([.. due.Select(message => message.Restore())], store.Options.SendTimeout, again: _ => true, cancellationToken);
        }

        async Task<Progress> Write(IReadOnlyList<Sent> results)
        {
            var now = await store.Now(context, cancellationToken);
            foreach (var (message, result) in due.Zip(results))
                Settle(context, message, result, now);
            await context.SaveChangesAsync(cancellationToken);
            return Progress.Of(due.Count == store.Options.BatchSize, results);
        }
    }

    private void Settle(TDbContext context, DeadLetter message, Sent result, DateTime now)
    {
        if (result.Failure is not { } failure)
        {
            context.Remove(message);
            logger.SentAfterAll(message.MessageId, message.Attempts + 1);
        }
        else if (!result.IsPassing)
        {
            message.Failed(failure, now, store.Options.MaxAttempts);
            logger.SetAside(message.MessageId, message.MessageType, message.Destination, message.Attempts, message.Reason);
        }
    }
}
