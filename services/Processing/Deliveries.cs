namespace Podcast.Processing;

internal static class Deliveries
{
    /// <summary>True if this message says of itself that it was, or may have been, delivered before.</summary>
    public static bool IsMarkedAsRepeated(this ConsumeContext context) =>
        context.ReceiveContext.Redelivered || context.GetRetryAttempt() > 0 || context.GetRedeliveryCount() > 0;

    /// <summary>How long ago the message was sent; negative if the clocks differ, null if unknown.</summary>
    public static TimeSpan? Age(this ConsumeContext context, TimeProvider clock) => clock.GetUtcNow() - context.SentTime;
}
