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
    private ExceptionDispatchInfo? failure;

    public IBatchedMessage Message => message;

    public Guid SagaId => sagaId;

    public TimeSpan Patience => patience;

    public bool IsDone { get; private set; }

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

    public void Complete() => IsDone = true;

    public void Fail(Exception exception) => (failure, IsDone) = (ExceptionDispatchInfo.Capture(exception), true);

    public void ThrowIfFailed() => failure?.Throw();
}

/// <summary>One of the messages of a batch failed; it knows how.</summary>
internal sealed class GuiltyMessageException : Exception;
