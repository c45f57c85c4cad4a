using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Podcast.Outbox;

#pragma warning disable EF1002 // only names of the model and numbers are interpolated

/// <summary>SQL statements that EF Core cannot express, built from the table and column names of one model.</summary>
internal sealed class OutboxStatements
{
    private readonly TimeProvider clock;
    private readonly ISqlGenerationHelper sql;
    private readonly IEntityType inbox;
    private readonly IEntityType outbox;
    private readonly IEntityType message;
    private readonly IEntityType deadLetters;
    private readonly string insert;
    private readonly string ofOutbox;
    private readonly string ofInbox;
    private readonly RelationalTypeMapping guid;
    private readonly RelationalTypeMapping time;

    /// <param name="context">A context with the model.</param>
    /// <param name="clock">The clock of this machine, which SQLite uses too; null means the system clock.</param>
    public OutboxStatements(DbContext context, TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        sql = context.GetService<ISqlGenerationHelper>();
        inbox = Entity<InboxState>(context);
        outbox = Entity<OutboxState>(context);
        message = Entity<OutboxMessage>(context);
        deadLetters = Entity<DeadLetter>(context);
        LocksRows = context.Database.ProviderName switch
        {
            "Npgsql.EntityFrameworkCore.PostgreSQL" => true,
            "Microsoft.EntityFrameworkCore.Sqlite" => false,
            var other => throw new NotSupportedException($"No outbox on {other}: use PostgreSQL or SQLite"),
        };

        guid = inbox.FindProperty(nameof(InboxState.MessageId))!.GetRelationalTypeMapping();
        time = inbox.FindProperty(nameof(InboxState.Consumed))!.GetRelationalTypeMapping();

        ofOutbox = $"m.{Message(nameof(OutboxMessage.OutboxId))} = p.{Outbox(nameof(OutboxState.OutboxId))}";
        ofInbox = $"m.{Message(nameof(OutboxMessage.InboxMessageId))} = p.{Inbox(nameof(InboxState.MessageId))}"
            + $" AND m.{Message(nameof(OutboxMessage.InboxConsumerId))} = p.{Inbox(nameof(InboxState.ConsumerId))}";

        // Waits for a concurrent transaction that inserts the same pair. The package's outbox inserts rows that are not yet
        // consumed: take these over.
        var consumed = Inbox(nameof(InboxState.Consumed));
        var now = LocksRows ? "clock_timestamp()" : "@now";
        insert = $"""
            INSERT INTO {Table(inbox)} AS i ({Inbox(nameof(InboxState.MessageId))}, {Inbox(nameof(InboxState.ConsumerId))},
                {Inbox(nameof(InboxState.LockId))}, {Inbox(nameof(InboxState.Received))}, {Inbox(nameof(InboxState.ReceiveCount))}, {consumed})
            VALUES (@message, @consumer, @lock, {now}, 1, {now})
            ON CONFLICT ({Inbox(nameof(InboxState.MessageId))}, {Inbox(nameof(InboxState.ConsumerId))}) DO UPDATE
                SET {consumed} = excluded.{consumed}, {Inbox(nameof(InboxState.LockId))} = excluded.{Inbox(nameof(InboxState.LockId))},
                    {Inbox(nameof(InboxState.ReceiveCount))} = i.{Inbox(nameof(InboxState.ReceiveCount))} + 1
                WHERE i.{consumed} IS NULL
            RETURNING {Inbox(nameof(InboxState.Id))}
            """;
    }

    /// <summary>True on PostgreSQL; false on SQLite, where the transaction locks the whole file.</summary>
    public bool LocksRows { get; }

    private DateTime Ours => clock.GetUtcNow().UtcDateTime;

    private string SkipLocked => LocksRows ? "FOR UPDATE SKIP LOCKED" : "";

    /// <summary>
    /// The oldest undelivered outboxes that no other instance has locked, except those with messages only for destinations in
    /// <paramref name="avoid"/>.
    /// </summary>
    public IQueryable<OutboxState> Undelivered(DbContext context, int limit, IReadOnlyCollection<Uri> avoid) =>
        context.Set<OutboxState>().FromSqlRaw(
            $"""
            SELECT * FROM {Table(outbox)} AS p WHERE {Outbox(nameof(OutboxState.Delivered))} IS NULL
                {CanLeave(avoid, 0, ofOutbox)}
            ORDER BY {Outbox(nameof(OutboxState.Created))} LIMIT {limit.ToString(CultureInfo.InvariantCulture)} {SkipLocked}
            """,
            Texts(avoid)).AsNoTracking();

    /// <summary>
    /// Consumed messages that are not marked as delivered, and are older than <paramref name="before"/> or listed in
    /// <paramref name="ours"/>.
    /// </summary>
    public IQueryable<InboxState> Leftovers(
        DbContext context, DateTime before, IEnumerable<long> ours, int limit, IReadOnlyCollection<Uri> avoid) =>
        context.Set<InboxState>().FromSqlRaw(
            $$"""
            SELECT * FROM {{Table(inbox)}} AS p WHERE {{Inbox(nameof(InboxState.Delivered))}} IS NULL AND {{Inbox(nameof(InboxState.Consumed))}} IS NOT NULL
                AND ({{Inbox(nameof(InboxState.Consumed))}} < {0} OR {{Inbox(nameof(InboxState.Id))}} IN ({{List(ours)}}))
                {{CanLeave(avoid, 1, ofInbox)}}
            ORDER BY {{Inbox(nameof(InboxState.Id))}} LIMIT {{limit.ToString(CultureInfo.InvariantCulture)}} {{SkipLocked}}
            """,
            [before, .. Texts(avoid)]).AsNoTracking();

    /// <summary>Dead letters whose retry is due, tracked.</summary>
    public IQueryable<DeadLetter> Due(DbContext context, DateTime now, int limit, IReadOnlyCollection<Uri> avoid) =>
        context.Set<DeadLetter>().FromSqlRaw(
            $$"""
            SELECT * FROM {{Table(deadLetters)}} WHERE {{Column(deadLetters, nameof(DeadLetter.RetryAt))}} <= {0}
                AND coalesce({{Column(deadLetters, nameof(DeadLetter.Destination))}}, '') NOT IN ({{Places(avoid, 1)}})
            ORDER BY {{Column(deadLetters, nameof(DeadLetter.Id))}} LIMIT {{limit.ToString(CultureInfo.InvariantCulture)}} {{SkipLocked}}
            """,
            [now, .. Texts(avoid)]).AsTracking();

    /// <summary>
    /// The time in UTC by the database's clock, because the clocks of processes may differ. On SQLite it is that of this machine.
    /// </summary>
    public async Task<DateTime> Now(DbContext context, CancellationToken cancellationToken) => LocksRows
        ? await context.Database.SqlQueryRaw<DateTime>("""SELECT clock_timestamp() AS "Value" """).SingleAsync(cancellationToken)
        : Ours;

    /// <summary>Finds which tables have work; the only query of an idle outbox.</summary>
    public async Task<PendingWork> Look(DbContext context, TimeSpan leftoverAge, CancellationToken cancellationToken)
    {
        var (leftBefore, now) = LocksRows ? ("now() - {0}", "now()") : ("{0}", "{1}");
        var found = await context.Database.SqlQueryRaw<int>(
            $$"""
            SELECT CASE WHEN EXISTS (SELECT 1 FROM {{Table(outbox)}} WHERE {{Outbox(nameof(OutboxState.Delivered))}} IS NULL) THEN 1 ELSE 0 END
                + CASE WHEN EXISTS (SELECT 1 FROM {{Table(inbox)}} WHERE {{Inbox(nameof(InboxState.Delivered))}} IS NULL
                    AND {{Inbox(nameof(InboxState.Consumed))}} < {{leftBefore}}) THEN 2 ELSE 0 END
                + CASE WHEN EXISTS (SELECT 1 FROM {{Table(deadLetters)}}
                    WHERE {{Column(deadLetters, nameof(DeadLetter.RetryAt))}} <= {{now}}) THEN 4 ELSE 0 END AS "Value"
            """,
            LocksRows ? [leftoverAge] : [Ours - leftoverAge, Ours]).ToListAsync(cancellationToken);
        return (PendingWork)found[0];
    }

    /// <summary>Removes inbox rows that were delivered before <paramref name="before"/> and that no message refers to.</summary>
    public Task<int> Forget(DbContext context, DateTime before, int limit, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync(
            $$"""
            DELETE FROM {{Table(inbox)}} WHERE {{Inbox(nameof(InboxState.Id))}} IN (
                SELECT i.{{Inbox(nameof(InboxState.Id))}} FROM {{Table(inbox)}} AS i WHERE i.{{Inbox(nameof(InboxState.Delivered))}} < {0}
                    AND NOT EXISTS (SELECT 1 FROM {{Table(message)}} AS m
                        WHERE m.{{Message(nameof(OutboxMessage.InboxMessageId))}} = i.{{Inbox(nameof(InboxState.MessageId))}}
                        AND m.{{Message(nameof(OutboxMessage.InboxConsumerId))}} = i.{{Inbox(nameof(InboxState.ConsumerId))}})
                ORDER BY i.{{Inbox(nameof(InboxState.Delivered))}} LIMIT {{limit.ToString(CultureInfo.InvariantCulture)}} {{SkipLocked}})
            """,
            [before], cancellationToken);

    /// <summary>
    /// Records that the consumer has consumed the message in this process. Returns the inbox row's id; null for a duplicate.
    /// </summary>
    public async Task<long?> TryConsume(
        DbContext context, Guid messageId, Guid consumerId, Guid processId, CancellationToken cancellationToken)
    {
        var connection = context.Database.GetDbConnection();
        await using var command = connection.CreateCommand();
        command.CommandText = insert;
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        if (context.Database.GetCommandTimeout() is { } timeout)
            command.CommandTimeout = timeout;

        Add(command, guid, "@message", messageId);
        Add(command, guid, "@consumer", consumerId);
        Add(command, guid, "@lock", processId);
        if (!LocksRows)
            Add(command, time, "@now", Ours);
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>
    /// Adds a parameter with EF Core's type mapping: SQLite compares values as text, so they must be written like the columns.
    /// </summary>
    private static void Add(DbCommand command, RelationalTypeMapping mapping, string name, object value) =>
        command.Parameters.Add(mapping.CreateParameter(command, name, value));

    private static string List(IEnumerable<long> ids) =>
        string.Join(',', ids.DefaultIfEmpty(-1).Select(id => id.ToString(CultureInfo.InvariantCulture)));

    private static object[] Texts(IReadOnlyCollection<Uri> addresses) => [.. addresses.Select(address => address.ToString())];

    /// <summary>Placeholders numbered from <paramref name="first"/>; for an empty list a text that equals no address.</summary>
    private static string Places(IReadOnlyCollection<Uri> addresses, int first) =>
        addresses.Count == 0 ? "'-'" : string.Join(',', Enumerable.Range(first, addresses.Count).Select(number => $"{{{number}}}"));

    /// <summary>
    /// A condition that is true if parent p has a message to another destination, or no message to any of these.
    /// </summary>
    private string CanLeave(IReadOnlyCollection<Uri> avoid, int first, string isOfParent)
    {
        if (avoid.Count == 0)
            return "";

        var messages = $"SELECT 1 FROM {Table(message)} AS m WHERE {isOfParent} AND m.{Message(nameof(OutboxMessage.DestinationAddress))}";
        return $"AND (EXISTS ({messages} NOT IN ({Places(avoid, first)})) OR NOT EXISTS ({messages} IN ({Places(avoid, first)})))";
    }

    private static IEntityType Entity<T>(DbContext context) => context.Model.FindEntityType(typeof(T))
        ?? throw new InvalidOperationException($"{context.GetType().Name} has no {typeof(T).Name}: call AddLeanOutboxEntities() in OnModelCreating");

    private string Inbox(string property) => Column(inbox, property);

    private string Outbox(string property) => Column(outbox, property);

    private string Message(string property) => Column(message, property);

    private string Table(IEntityType entity) => sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());

    private string Column(IEntityType entity, string property) =>
        sql.DelimitIdentifier(entity.FindProperty(property)!.GetColumnName(StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value)!);
}
