using System.Runtime.ExceptionServices;

namespace Podcast.Outbox;

/// <summary>A message that waits for a batch, and how it ended there.</summary>
/// <param name="message">Its context.</param>
/// <param name="sagaId">The instance that it is for.</param>
/// <param name="patience">How long it may wait for others.</param>
/// <param name="handle">Has the saga handle it.</param>
internal sealed class SagaDelivery<TSaga>(
    IBatchedMessage message, Guid sagaId, TimeSpan patience, Func<SagaInstances<TSaga>, Task> handle)
    where TSaga : class, ISaga
{
    private readonly Flow flow = Flow.Capture();
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExceptionDispatchInfo? failure;

    public IBatchedMessage Message => message;

    public Guid SagaId => sagaId;

    public bool IsDone => done.Task.IsCompleted;

    /// <summary>Waits until the batch of another message has handled this one, or its patience is over.</summary>
    public async Task WaitForOthers()
    {
        if (patience == TimeSpan.Zero)
            return;

        using var end = new CancellationTokenSource();
        await Task.WhenAny(done.Task, Task.Delay(patience, end.Token));
        await end.CancelAsync();
    }

    /// <exception cref="GuiltyMessageException">The message failed, rather than the transaction.</exception>
    public async Task Handle(SagaInstances<TSaga> instances)
    {
        message.Messages.Clear(); // of an attempt that was rolled back
        try
        {
            await flow.Run(() => handle(instances));
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw new GuiltyMessageException();
        }
    }

    public void Complete() => done.SetResult();

    public void Fail(Exception exception)
    {
        failure = ExceptionDispatchInfo.Capture(exception);
        Complete();
    }

    public void ThrowIfFailed() => failure?.Throw();
}

/// <summary>One of the messages of a batch failed; it knows how.</summary>
internal sealed class GuiltyMessageException : Exception;
