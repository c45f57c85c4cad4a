namespace Podcast.Outbox;

/// <summary>Adds the tables of inbox and outbox to a model.</summary>
public static class OutboxModel
{
    /// <summary>
    /// Adds the package's three tables as the package maps them, and our own table <c>outbox_set_aside</c> (dead letters). The
    /// package's outbox can run on the same database; it ignores our table.
    /// </summary>
    public static void AddLeanOutboxEntities(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.AddTransactionalOutboxEntities();
        model.Entity<DeadLetter>(message =>
        {
            message.ToTable("outbox_set_aside");
            message.Property(x => x.Id).HasColumnName("id");
            message.Property(x => x.MessageId).HasColumnName("message_id");
            message.Property(x => x.MessageType).HasColumnName("message_type");
            message.Property(x => x.Destination).HasColumnName("destination");
            message.Property(x => x.Reason).HasColumnName("reason").HasMaxLength(1000);
            message.Property(x => x.Attempts).HasColumnName("attempts");
            message.Property(x => x.SetAsideAt).HasColumnName("set_aside_at");
            message.Property(x => x.RetryAt).HasColumnName("retry_at");
            message.Property(x => x.Message).HasColumnName("message");
            message.HasIndex(x => x.RetryAt);
        });
    }
}
