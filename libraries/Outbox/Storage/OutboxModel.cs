namespace Podcast.Outbox;

/// <summary>Adds the tables of inbox and outbox to a model.</summary>
public static class OutboxModel
{
    internal const string OfInboxes = "\"InboxMessageId\" IS NOT NULL";
    internal const string OfOutboxes = "\"OutboxId\" IS NOT NULL";

    /// <summary>
    /// Adds the package's three tables as the package maps them, but for indexes (<see cref="OutboxTables.NarrowOutboxIndexes"/>), and our
    /// own table <c>outbox_set_aside</c> (dead letters). The package's outbox can run on the same database; it ignores our table.
    /// </summary>
    public static void AddLeanOutboxEntities(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.AddTransactionalOutboxEntities();
        model.Entity<OutboxMessage>(message =>
        {
            foreach (var index in message.Metadata.GetIndexes().ToList())
                message.Metadata.RemoveIndex(index);
            message.HasIndex(x => new { x.InboxMessageId, x.InboxConsumerId, x.SequenceNumber }).IsUnique().HasFilter(OfInboxes);
            message.HasIndex(x => new { x.OutboxId, x.SequenceNumber }).IsUnique().HasFilter(OfOutboxes);
        });
        model.Entity<DeadLetter>(message =>
        {
            message.ToTable("outbox_set_aside");
            message.Property(x => x.Reason).HasMaxLength(1000);
            message.HasIndex(x => x.RetryAt);
            foreach (var property in message.Metadata.GetProperties())
                property.SetColumnName(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        });
    }
}
