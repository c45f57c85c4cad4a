namespace Podcast.Outbox;

/// <summary>Sends dead letters again when their retry is due.</summary>
internal sealed class DeadLetters<TDbContext>(
    OutboxStore<TDbContext> store, MessageSender sender, ILogger<DeadLetters<TDbContext>> logger)
    where TDbContext : DbContext
{
    /// <param name="avoid">Destinations that do not accept messages at present.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public Task<Progress> Retry(IReadOnlyCollection<Uri> avoid, CancellationToken cancellationToken)
    {
        List<DeadLetter> due = [];
        return store.SendAndWrite(Send, Write, cancellationToken);

        async Task<IReadOnlyList<Sent>?> Send(TDbContext context)
        {
            var now = await store.Now(context, cancellationToken);
            due = await store.Statements(context).Due(context, now, store.Options.BatchSize, avoid).ToListAsync(cancellationToken);
            OutboxMessage[] messages = [.. due.Select(letter => letter.Restore())];
            return due.Count == 0 ? null : await sender.Send(messages, store.Options.SendTimeout, again: _ => true, cancellationToken);
        }

        async Task<Progress> Write(TDbContext context, IReadOnlyList<Sent> results)
        {
            var now = await store.Now(context, cancellationToken);
            foreach (var (letter, result) in due.Zip(results))
            {
                if (result.Succeeded)
                {
                    context.Remove(letter);
                    logger.SentAfterAll(letter.MessageId, letter.Attempts + 1);
                }
                else if (result.IsRefused)
                {
                    letter.Failed(result.Failure!, now, store.Options.MaxAttempts);
                    logger.SetAside(letter.MessageId, letter.MessageType, letter.Destination, letter.Attempts, letter.Reason);
                }
            }

            await context.SaveChangesAsync(cancellationToken);
            return Progress.Of(due.Count == store.Options.BatchSize, results);
        }
    }
}
