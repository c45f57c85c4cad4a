using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Outbox.Tests.Fixtures;

/// <summary>What goes wrong with an order.</summary>
public enum Trouble
{
    None,
    Throws,
    ThrowsTheFirstTime,
    FailsToSave,
    FailsToCommit,
    SwallowsAFailure,
    SwallowsAFailureAtTheEnd,
    ForgetsItsMessages,
}

public sealed record Order(Guid Id, Trouble Trouble = Trouble.None, int Steps = 1);

/// <summary>What an order causes.</summary>
public sealed record Ordered(Guid Id, int Step);

public sealed record Question(string Text);

public sealed record Answer(string Text);

internal sealed class OrderConsumer(ShopContext shop, Script script) : IConsumer<Order>, IConsumer<Question>
{
    public async Task Consume(ConsumeContext<Order> context)
    {
        var order = context.Message;
        script.Attempt(order.Id, shop);
        shop.Notes.Add(new Note { Order = order.Id, Text = $"{order.Id} {script.AttemptsOf(order.Id)}" });
        for (var step = 1; step <= order.Steps; step++)
            await context.Publish(new Ordered(order.Id, step));

        await (order.Trouble switch
        {
            Trouble.Throws => throw new InvalidOperationException("as asked"),
            Trouble.ThrowsTheFirstTime when script.AttemptsOf(order.Id) == 1 => throw new InvalidOperationException("as asked"),
            Trouble.FailsToSave => FailToSave(order.Id),
            Trouble.FailsToCommit => shop.Database.ExecuteSqlRawAsync("INSERT INTO child (parent_id) VALUES (1)"),
            Trouble.SwallowsAFailure => SwallowAFailure(),
            Trouble.SwallowsAFailureAtTheEnd => shop.SaveChangesAsync().ContinueWith(_ => SwallowAFailure()).Unwrap(),
            Trouble.ForgetsItsMessages => Forget(),
            _ => Task.CompletedTask,
        });
    }

    public Task Consume(ConsumeContext<Question> context) => context.RespondAsync(new Answer(context.Message.Text + "!"));

    private Task FailToSave(Guid id)
    {
        shop.Notes.Add(new Note { Order = id, Text = $"{id} {script.AttemptsOf(id)}" });
        return Task.CompletedTask;
    }

    private async Task SwallowAFailure()
    {
        try
        {
            await shop.Database.ExecuteSqlRawAsync("INSERT INTO nowhere VALUES (1)");
        }
        catch (Exception)
        {
            // "It will be all right."
        }
    }

    private Task Forget()
    {
        shop.ChangeTracker.Clear();
        return Task.CompletedTask;
    }
}

/// <summary>Another consumer of the same message, with its own place in the inbox.</summary>
internal sealed class AuditConsumer(ShopContext shop) : IConsumer<Order>
{
    public Task Consume(ConsumeContext<Order> context)
    {
        shop.Notes.Add(new Note { Order = context.Message.Id, Text = $"audit {Guid.NewGuid()}" });
        return Task.CompletedTask;
    }
}

/// <summary>The receiving side, with an inbox.</summary>
internal sealed class LedgerConsumer(ShopContext shop) : IConsumer<Ordered>
{
    public Task Consume(ConsumeContext<Ordered> context)
    {
        shop.Notes.Add(new Note { Order = context.Message.Id, Text = $"ledger {Guid.NewGuid()}" });
        return Task.CompletedTask;
    }
}

/// <summary>What consumers did.</summary>
internal sealed class Script
{
    private readonly Lock gate = new();
    private readonly List<(Guid Order, DbContextId Context)> attempts = [];

    public void Attempt(Guid order, DbContext context)
    {
        lock (gate) attempts.Add((order, context.ContextId)); // differs per scope, also if the context is pooled
    }

    public int AttemptsOf(Guid order)
    {
        lock (gate) return attempts.Count(attempt => attempt.Order == order);
    }

    public IReadOnlyList<DbContextId> ContextsOf(Guid order)
    {
        lock (gate) return [.. attempts.Where(attempt => attempt.Order == order).Select(attempt => attempt.Context)];
    }
}
