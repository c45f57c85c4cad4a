namespace Podcast.Outbox;

/// <summary>Adds the tables of inbox and outbox to a model.</summary>
public static class OutboxModel
{
    /// <summary>
    /// Adds the package's three tables as the package maps them, but for <see cref="OutboxIndexes"/>, and our own table
    /// <c>outbox_set_aside</c> (dead letters). The package's outbox can run on the same database; it ignores our table.
    /// </summary>
    public static void AddLeanOutboxEntities(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.AddTransactionalOutboxEntities();
        model.Entity<OutboxMessage>().HasNarrowIndexes();
        model.Entity<DeadLetter>(message =>
        {
            message.ToTable("outbox_set_aside");
            message.Property(x => x.Reason).HasMaxLength(DeadLetter.LongestReason);
            message.HasIndex(x => x.RetryAt);
            foreach (var property in message.Metadata.GetProperties())
                property.SetColumnName(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        });
    }
}
