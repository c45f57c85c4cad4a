using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Podcast.Outbox;

#pragma warning disable EF1002 // only table names, numbers and ids are interpolated

/// <summary>The tables that have work to do.</summary>
[Flags]
internal enum PendingWork
{
    None = 0,
    Outboxes = 1,
    Leftovers = 2,
    DeadLetters = 4,
}

/// <summary>What a look at the tables finds.</summary>
/// <param name="Work">The tables that have work to do.</param>
/// <param name="Now">The time by the database's clock, UTC.</param>
internal sealed record Found(PendingWork Work, DateTime Now);

/// <summary>SQL that EF Core cannot express. Columns have MassTransit's names, tables the schema of the model.</summary>
/// <param name="context">A context with the model.</param>
/// <param name="clock">The clock of this machine, which SQLite uses too.</param>
internal sealed class OutboxStatements(DbContext context, TimeProvider clock)
{
    private const string OfOutbox = "m.\"OutboxId\" = p.\"OutboxId\"";
    /// <summary>Takes over rows of the package's outbox, which inserts them before they are consumed.</summary>
    private const string Take = """
         ON CONFLICT ("MessageId", "ConsumerId") DO UPDATE
            SET "Consumed" = excluded."Consumed", "LockId" = excluded."LockId", "ReceiveCount" = i."ReceiveCount" + 1
            WHERE i."Consumed" IS NULL
        RETURNING "Id", "MessageId", "ConsumerId"
        """;
    private const string OfInbox = "m.\"InboxMessageId\" = p.\"MessageId\" AND m.\"InboxConsumerId\" = p.\"ConsumerId\"";

    private readonly bool isPostgres = context.IsPostgres();
    private readonly string nobody = $"'{Guid.Empty}'"; // has what a process left at its end
    private readonly string skipLocked = context.IsPostgres() ? "FOR UPDATE SKIP LOCKED" : "";
    private readonly string inbox = Table<InboxState>(context);
    private readonly string outbox = Table<OutboxState>(context);
    private readonly string messages = Table<OutboxMessage>(context);
    private readonly string deadLetters = Table<DeadLetter>(context);
    private readonly string consume =
        $"""INSERT INTO {Table<InboxState>(context)} AS i ("MessageId", "ConsumerId", "LockId", "Received", "ReceiveCount", "Consumed") """;
    private readonly OutboxRows rows = new(context, Table<OutboxMessage>(context));
    private readonly RelationalTypeMapping guid = Mapping(context, nameof(InboxState.MessageId));
    private readonly RelationalTypeMapping time = Mapping(context, nameof(InboxState.Consumed));

    private DateTime Ours => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// The oldest undelivered outboxes that no other instance has locked, and that are older than <paramref name="before"/>, of
    /// the process <paramref name="ours"/>, or of one that has ended; except those with messages only for destinations in
    /// <paramref name="avoid"/>.
    /// </summary>
    public IQueryable<OutboxState> Undelivered(
        DbContext context, DateTime before, Guid ours, int limit, IReadOnlyCollection<Uri> avoid) =>
        context.Set<OutboxState>().FromSqlRaw(
            $$"""
            SELECT * FROM {{outbox}} AS p WHERE "Delivered" IS NULL AND ("Created" < {0} OR "LockId" IN ({1}, {{nobody}}))
                {{HasOthers(avoid, 3, OfOutbox)}}
            ORDER BY "Created" LIMIT {2} {{skipLocked}}
            """,
            [before, ours, limit, .. Texts(avoid)]).AsNoTracking();

    /// <summary>
    /// Consumed messages that are not marked as delivered, and are older than <paramref name="before"/> or listed in
    /// <paramref name="ours"/>.
    /// </summary>
    public IQueryable<InboxState> Leftovers(
        DbContext context, DateTime before, IEnumerable<(Guid Message, Guid Consumer)> ours, int limit, IReadOnlyCollection<Uri> avoid) =>
        context.Set<InboxState>().FromSqlRaw(
            $$"""
            SELECT * FROM {{inbox}} AS p WHERE "Delivered" IS NULL AND "Consumed" IS NOT NULL
                AND ("Consumed" < {0} {{string.Concat(ours.Select(OrIs))}})
                {{HasOthers(avoid, 2, OfInbox)}}
            ORDER BY "Id" LIMIT {1} {{skipLocked}}
            """,
            [before, limit, .. Texts(avoid)]).AsNoTracking();

    /// <summary>Dead letters whose retry is due, tracked.</summary>
    public IQueryable<DeadLetter> Due(DbContext context, DateTime now, int limit, IReadOnlyCollection<Uri> avoid) =>
        context.Set<DeadLetter>().FromSqlRaw(
            $$"""
            SELECT * FROM {{deadLetters}} WHERE retry_at <= {0} AND coalesce(destination, '') NOT IN ({{Places(avoid, 2)}})
            ORDER BY id LIMIT {1} {{skipLocked}}
            """,
            [now, limit, .. Texts(avoid)]).AsTracking();

    /// <summary>
    /// The time in UTC by the database's clock, because the clocks of processes may differ. On SQLite it is that of this machine.
    /// </summary>
    public async Task<DateTime> Now(DbContext context, CancellationToken cancellationToken) => isPostgres
        ? await context.Database.SqlQueryRaw<DateTime>("""SELECT clock_timestamp() AS "Value" """).SingleAsync(cancellationToken)
        : Ours;

    /// <summary>Finds which tables have work, and the time; the only query of an idle outbox.</summary>
    public async Task<Found> Look(DbContext context, TimeSpan leftoverAge, CancellationToken cancellationToken)
    {
        var (leftBefore, now) = isPostgres ? ("now() - {0}", "now()") : ("{0}", "{1}");
        var found = await context.Database.SqlQueryRaw<Found>(
            $$"""
            SELECT CASE WHEN EXISTS (SELECT 1 FROM {{outbox}}
                    WHERE "Delivered" IS NULL AND ("Created" < {{leftBefore}} OR "LockId" = {{nobody}})) THEN 1 ELSE 0 END
                + CASE WHEN EXISTS (SELECT 1 FROM {{inbox}} WHERE "Delivered" IS NULL AND "Consumed" < {{leftBefore}}) THEN 2 ELSE 0 END
                + CASE WHEN EXISTS (SELECT 1 FROM {{deadLetters}} WHERE retry_at <= {{now}}) THEN 4 ELSE 0 END AS "Work",
                {{now}} AS "Now"
            """,
            isPostgres ? [leftoverAge] : [Ours - leftoverAge, Ours]).ToListAsync(cancellationToken);
        return isPostgres ? found[0] : found[0] with { Now = Ours };
    }

    /// <summary>Removes inbox rows that were delivered before <paramref name="before"/> and that no message refers to.</summary>
    public Task<int> Forget(DbContext context, DateTime before, int limit, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync(
            $$"""
            DELETE FROM {{inbox}} WHERE "Id" IN (
                SELECT "Id" FROM {{inbox}} AS i WHERE "Delivered" < {0} AND NOT EXISTS (
                    SELECT 1 FROM {{messages}} WHERE "InboxMessageId" = i."MessageId" AND "InboxConsumerId" = i."ConsumerId")
                ORDER BY "Delivered" LIMIT {1} {{skipLocked}})
            """,
            [before, limit], cancellationToken);

    /// <summary>
    /// Records that the consumers have consumed the messages in this process. Returns the ids of the inbox rows; a duplicate has
    /// none. Waits for a concurrent transaction that inserts the same pair, and inserts in the order of the messages, so that
    /// processes wait for each other instead of failing.
    /// </summary>
    public async Task<Dictionary<(Guid MessageId, Guid ConsumerId), long>> TryConsume(
        DbContext context, IEnumerable<(Guid MessageId, Guid ConsumerId)> pairs, Guid processId, CancellationToken cancellationToken)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandTimeout = context.Database.GetCommandTimeout() ?? command.CommandTimeout;

        // EF Core's mapping writes values like the columns: SQLite compares them as text.
        (Guid MessageId, Guid ConsumerId)[] rows = [.. pairs.Distinct().OrderBy(pair => pair.MessageId)];
        command.Parameters.Add(guid.CreateParameter(command, "@lock", processId));
        if (isPostgres)
        {
            command.CommandText =
                consume + "SELECT m, c, @lock, clock_timestamp(), 1, clock_timestamp() FROM unnest(@m, @c) AS x (m, c)";
            AddArray("@m", rows.Select(row => row.MessageId));
            AddArray("@c", rows.Select(row => row.ConsumerId));
        }
        else
        {
            command.CommandText = consume + "VALUES " + string.Join(", ", rows.Select((_, i) => $"(@m{i}, @c{i}, @lock, @now, 1, @now)"));
            command.Parameters.Add(time.CreateParameter(command, "@now", Ours));
            for (var i = 0; i < rows.Length; i++)
            {
                command.Parameters.Add(guid.CreateParameter(command, $"@m{i}", rows[i].MessageId));
                command.Parameters.Add(guid.CreateParameter(command, $"@c{i}", rows[i].ConsumerId));
            }
        }

        command.CommandText += Take;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var inserted = new Dictionary<(Guid, Guid), long>();
        while (await reader.ReadAsync(cancellationToken))
            inserted.Add((reader.GetGuid(1), reader.GetGuid(2)), reader.GetInt64(0));
        return inserted;

        void AddArray(string name, IEnumerable<Guid> values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, values.ToArray());
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>Leaves unsent outboxes of a process, which ends, to any other.</summary>
    public Task<int> Release(DbContext context, Guid processId, CancellationToken cancellationToken) => context.Database.ExecuteSqlRawAsync(
        $$"""UPDATE {{outbox}} SET "LockId" = {{nobody}} WHERE "Delivered" IS NULL AND "LockId" = {0}""", [processId], cancellationToken);

    /// <summary>
    /// Saves the pending changes and the messages, whose parents are in the tables. The context must not be used after that.
    /// </summary>
    public async Task SaveLast(DbContext context, IReadOnlyList<OutboxMessage> outgoing, CancellationToken cancellationToken)
    {
        if (!isPostgres)
            context.AddRange(outgoing);
        await context.SaveChangesAsync(acceptAllChangesOnSuccess: !isPostgres, cancellationToken); // it would only copy the values
        if (isPostgres)
            await rows.Insert(context, outgoing, cancellationToken);
    }

    private static object[] Texts(IReadOnlyCollection<Uri> addresses) => [.. addresses.Select(address => address.ToString())];

    /// <summary>Placeholders numbered from <paramref name="first"/>; for an empty list a text that equals no address.</summary>
    private static string Places(IReadOnlyCollection<Uri> addresses, int first) =>
        addresses.Count == 0 ? "'-'" : string.Join(',', Enumerable.Range(first, addresses.Count).Select(number => $"{{{number}}}"));

    /// <summary>True if parent p has a message to another destination, or no message to any of these.</summary>
    private string HasOthers(IReadOnlyCollection<Uri> avoid, int first, string isOfParent)
    {
        if (avoid.Count == 0)
            return "";

        var (of, places) = ($"""SELECT 1 FROM {messages} AS m WHERE {isOfParent} AND "DestinationAddress" """, Places(avoid, first));
        return $"AND (EXISTS ({of} NOT IN ({places})) OR NOT EXISTS ({of} IN ({places})))";
    }

    private string OrIs((Guid Message, Guid Consumer) key) =>
        $""" OR ("MessageId" = {guid.GenerateSqlLiteral(key.Message)} AND "ConsumerId" = {guid.GenerateSqlLiteral(key.Consumer)})""";

    private static RelationalTypeMapping Mapping(DbContext context, string property) =>
        context.Model.FindEntityType(typeof(InboxState))!.FindProperty(property)!.GetRelationalTypeMapping();

    internal static string Table<T>(DbContext context)
    {
        var entity = context.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException(
            $"{context.GetType().Name} has no {typeof(T).Name}: call AddLeanOutboxEntities() in OnModelCreating");
        return context.GetService<ISqlGenerationHelper>().DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
    }
}
