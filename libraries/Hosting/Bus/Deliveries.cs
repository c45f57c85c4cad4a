namespace Podcast.Hosting.Bus;

/// <summary>What a delivery says of itself.</summary>
public static class Deliveries
{
    /// <summary>
    /// True if the message was, or may have been, delivered before: the broker or a retry repeats it, or the outbox has sent it
    /// again. False does not exclude it: a broker that crashed repeats messages without saying so.
    /// </summary>
    public static bool IsMarkedAsRepeated(this ConsumeContext context) =>
        context.ReceiveContext.Redelivered || context.GetRetryAttempt() > 0 || context.GetRedeliveryCount() > 0;

    /// <summary>How long ago the message was sent; negative if the clocks differ, null if unknown.</summary>
    public static TimeSpan? Age(this ConsumeContext context, TimeProvider clock) => clock.GetUtcNow() - context.SentTime;
}
