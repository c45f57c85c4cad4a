using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Podcast.Outbox;

/// <summary>
/// At start, on a transport that forgets: what the last run had sent may never have arrived, so everything that is still there is sent
/// again, oldest first.
/// </summary>
internal sealed class Redelivery<TDbContext>(
    OutboxStore<TDbContext> store, MessageSender sender, IServiceScopeFactory scopes, ILogger<Redelivery<TDbContext>> logger)
    where TDbContext : DbContext
{
    /// <param name="started">UTC; what was published after it is of this run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task Run(DateTime started, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        var (from, count) = (0L, 0);
        while (true)
        {
            var messages = await context.Set<OutboxMessage>().AsNoTracking()
                .Where(message => message.SequenceNumber > from && message.SentTime < started)
                .OrderBy(message => message.SequenceNumber).Take(store.Options.BatchSize)
                .ToListAsync(cancellationToken);
            if (messages.Count == 0)
                break;

            // What fails stays undelivered or kept: the sweep, or the next start, has it.
            var results = await sender.Send(messages, store.Options.SendTimeout, again: true, cancellationToken);
            count += results.Count(result => result.Succeeded);
            from = messages[^1].SequenceNumber;
        }

        if (count > 0)
            logger.Redelivered(count, typeof(TDbContext).Name);
    }
}
