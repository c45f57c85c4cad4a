using MassTransit;
using MassTransit.Serialization;

namespace Podcast.Outbox.Tests.Fixtures;

/// <summary>Stands between the outbox and the transport: hangs, refuses, and remembers.</summary>
internal sealed class Broker : ISendObserver
{
    private readonly Lock gate = new();
    private readonly List<SendContext> attempts = [];
    private readonly List<Guid> accepted = [];
    private TaskCompletionSource? hanging;

    /// <summary>Refuses messages that it says yes to.</summary>
    public Func<SendContext, bool>? Refuses { get; set; }

    /// <summary>What becomes of a message, instead of its being taken; null: it is taken.</summary>
    public Func<SendContext, Exception?>? Fails { get; set; }

    /// <summary>Every stored message that was tried, in order.</summary>
    public IReadOnlyList<SendContext> Attempts
    {
        get { lock (gate) return [.. attempts]; }
    }

    /// <summary>Ids of stored messages that got through, in order.</summary>
    public IReadOnlyList<Guid> Accepted
    {
        get { lock (gate) return [.. accepted]; }
    }

    public void Hang() => hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Recover()
    {
        hanging?.TrySetResult();
        hanging = null;
    }

    public async Task PreSend<T>(SendContext<T> context)
        where T : class
    {
        if (context is not SendContext<SerializedMessageBody>)
            return;

        lock (gate) attempts.Add(context);
        if (hanging is { } wait)
        {
            await wait.Task;
            throw new OperationCanceledException("The broker is back, and knows nothing of this message");
        }

        if (Refuses?.Invoke(context) == true)
            throw new InvalidOperationException("The broker does not like this message");

        if (Fails?.Invoke(context) is { } failure)
            throw failure;
    }

    public Task PostSend<T>(SendContext<T> context)
        where T : class
    {
        if (context is SendContext<SerializedMessageBody>)
        {
            lock (gate) accepted.Add(context.MessageId!.Value);
        }

        return Task.CompletedTask;
    }

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;
}
