using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Outbox;

/// <summary>
/// Leaves <c>OutboxMessage</c> the two indexes by which the messages of an inbox and of an outbox are found, each without the rows that
/// it is not for; the package's queries use no other. PostgreSQL takes the table for empty, because its rows live for milliseconds, and
/// found messages by their number in an index whose second column the number is, by reading all of it. An index with a filter does
/// not fit such a statement.
/// </summary>
public static class OutboxIndexes
{
    private const string OfInboxes = "\"InboxMessageId\" IS NOT NULL";
    private const string OfOutboxes = "\"OutboxId\" IS NOT NULL";

    /// <summary>Follows <see cref="OutboxTables.CreateOutboxTables"/>.</summary>
    /// <param name="schema">The schema of the owner's tables; null where the database has none.</param>
    public static void NarrowOutboxIndexes(this MigrationBuilder migration, string? schema)
    {
        migration.DropIndex("IX_OutboxMessage_EnqueueTime", "OutboxMessage", schema);
        migration.DropIndex("IX_OutboxMessage_ExpirationTime", "OutboxMessage", schema);
        migration.DropIndex("IX_OutboxMessage_InboxMessageId_InboxConsumerId_SequenceNumber", "OutboxMessage", schema);
        migration.DropIndex("IX_OutboxMessage_OutboxId_SequenceNumber", "OutboxMessage", schema);
        migration.CreateIndex(
            "IX_OutboxMessage_InboxMessageId_InboxConsumerId_SequenceNumber", "OutboxMessage",
            ["InboxMessageId", "InboxConsumerId", "SequenceNumber"], schema, unique: true, filter: OfInboxes);
        migration.CreateIndex(
            "IX_OutboxMessage_OutboxId_SequenceNumber", "OutboxMessage", ["OutboxId", "SequenceNumber"], schema, unique: true,
            filter: OfOutboxes);
    }

    internal static void HasNarrowIndexes(this EntityTypeBuilder<OutboxMessage> message)
    {
        foreach (var index in message.Metadata.GetIndexes().ToList())
            message.Metadata.RemoveIndex(index);
        message.HasIndex(x => new { x.InboxMessageId, x.InboxConsumerId, x.SequenceNumber }).IsUnique().HasFilter(OfInboxes);
        message.HasIndex(x => new { x.OutboxId, x.SequenceNumber }).IsUnique().HasFilter(OfOutboxes);
    }
}
