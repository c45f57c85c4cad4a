using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Podcast.Outbox;

/// <summary>Creates the outbox tables in a migration.</summary>
public static class OutboxTables
{
    /// <summary>
    /// Creates <c>InboxState</c>, <c>OutboxState</c> and <c>OutboxMessage</c> exactly as MassTransit.EntityFrameworkCore 8 maps
    /// them, and our own table <c>outbox_set_aside</c> (dead letters). <see cref="OutboxIndexes.NarrowOutboxIndexes"/> must follow.
    /// </summary>
    /// <param name="schema">The schema of the owner's tables; null where the database has none.</param>
    public static void CreateOutboxTables(this MigrationBuilder migration, string? schema)
    {
        migration.CreateInboxState(schema);
        migration.CreateOutboxState(schema);
        migration.CreateOutboxMessage(schema);
        migration.CreateSetAside(schema);
    }

    private static void CreateInboxState(this MigrationBuilder migration, string? schema)
    {
        migration.CreateTable(
            "InboxState",
            table => new
            {
                Id = table.Column<long>(nullable: false).Numbered(),
                MessageId = table.Column<Guid>(nullable: false),
                ConsumerId = table.Column<Guid>(nullable: false),
                LockId = table.Column<Guid>(nullable: false),
                RowVersion = table.Column<byte[]>(rowVersion: true, nullable: true),
                Received = table.Column<DateTime>(nullable: false),
                ReceiveCount = table.Column<int>(nullable: false),
                ExpirationTime = table.Column<DateTime>(nullable: true),
                Consumed = table.Column<DateTime>(nullable: true),
                Delivered = table.Column<DateTime>(nullable: true),
                LastSequenceNumber = table.Column<long>(nullable: true),
            },
            schema,
            table =>
            {
                table.PrimaryKey("PK_InboxState", row => row.Id);
                table.UniqueConstraint("AK_InboxState_MessageId_ConsumerId", row => new { row.MessageId, row.ConsumerId });
            });
        migration.CreateIndex("IX_InboxState_Delivered", "InboxState", "Delivered", schema);
    }

    private static void CreateOutboxState(this MigrationBuilder migration, string? schema)
    {
        migration.CreateTable(
            "OutboxState",
            table => new
            {
                OutboxId = table.Column<Guid>(nullable: false),
                LockId = table.Column<Guid>(nullable: false),
                RowVersion = table.Column<byte[]>(rowVersion: true, nullable: true),
                Created = table.Column<DateTime>(nullable: false),
                Delivered = table.Column<DateTime>(nullable: true),
                LastSequenceNumber = table.Column<long>(nullable: true),
            },
            schema,
            table => table.PrimaryKey("PK_OutboxState", row => row.OutboxId));
        migration.CreateIndex("IX_OutboxState_Created", "OutboxState", "Created", schema);
    }

    private static void CreateOutboxMessage(this MigrationBuilder migration, string? schema)
    {
        migration.CreateTable(
            "OutboxMessage",
            table => new
            {
                SequenceNumber = table.Column<long>(nullable: false).Numbered(),
                EnqueueTime = table.Column<DateTime>(nullable: true),
                SentTime = table.Column<DateTime>(nullable: false),
                Headers = table.Column<string>(nullable: true),
                Properties = table.Column<string>(nullable: true),
                InboxMessageId = table.Column<Guid>(nullable: true),
                InboxConsumerId = table.Column<Guid>(nullable: true),
                OutboxId = table.Column<Guid>(nullable: true),
                MessageId = table.Column<Guid>(nullable: false),
                ContentType = table.Column<string>(maxLength: 256, nullable: false),
                MessageType = table.Column<string>(nullable: false),
                Body = table.Column<string>(nullable: false),
                ConversationId = table.Column<Guid>(nullable: true),
                CorrelationId = table.Column<Guid>(nullable: true),
                InitiatorId = table.Column<Guid>(nullable: true),
                RequestId = table.Column<Guid>(nullable: true),
                SourceAddress = table.Column<string>(maxLength: 256, nullable: true),
                DestinationAddress = table.Column<string>(maxLength: 256, nullable: true),
                ResponseAddress = table.Column<string>(maxLength: 256, nullable: true),
                FaultAddress = table.Column<string>(maxLength: 256, nullable: true),
                ExpirationTime = table.Column<DateTime>(nullable: true),
            },
            schema,
            table =>
            {
                table.PrimaryKey("PK_OutboxMessage", row => row.SequenceNumber);
                table.ForeignKey(
                    "FK_OutboxMessage_InboxState_InboxMessageId_InboxConsumerId",
                    row => new { row.InboxMessageId, row.InboxConsumerId }, "InboxState", ["MessageId", "ConsumerId"], schema);
                table.ForeignKey(
                    "FK_OutboxMessage_OutboxState_OutboxId", row => row.OutboxId, "OutboxState", "OutboxId", schema);
            });
        migration.CreateIndex("IX_OutboxMessage_EnqueueTime", "OutboxMessage", "EnqueueTime", schema);
        migration.CreateIndex("IX_OutboxMessage_ExpirationTime", "OutboxMessage", "ExpirationTime", schema);
        migration.CreateIndex(
            "IX_OutboxMessage_InboxMessageId_InboxConsumerId_SequenceNumber", "OutboxMessage",
            ["InboxMessageId", "InboxConsumerId", "SequenceNumber"], schema, unique: true);
        migration.CreateIndex(
            "IX_OutboxMessage_OutboxId_SequenceNumber", "OutboxMessage", ["OutboxId", "SequenceNumber"], schema, unique: true);
    }

    private static void CreateSetAside(this MigrationBuilder migration, string? schema)
    {
        migration.CreateTable(
            "outbox_set_aside",
            table => new
            {
                id = table.Column<long>(nullable: false).Numbered(),
                message_id = table.Column<Guid>(nullable: false),
                message_type = table.Column<string>(nullable: false),
                destination = table.Column<string>(nullable: true),
                reason = table.Column<string>(maxLength: 1000, nullable: false),
                attempts = table.Column<int>(nullable: false),
                set_aside_at = table.Column<DateTime>(nullable: false),
                retry_at = table.Column<DateTime>(nullable: true),
                message = table.Column<string>(nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_outbox_set_aside", row => row.id));
        migration.CreateIndex("IX_outbox_set_aside_retry_at", "outbox_set_aside", "retry_at", schema);
    }

    private static OperationBuilder<AddColumnOperation> Numbered(this OperationBuilder<AddColumnOperation> column) => column
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn)
        .Annotation("Sqlite:Autoincrement", true);
}
