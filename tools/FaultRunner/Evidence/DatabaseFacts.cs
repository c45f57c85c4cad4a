using System.Text.Json;
using Npgsql;
using Podcast.Contracts;
using Podcast.FaultRunner.Secrets;
using Podcast.Orchestrator.Ledger;

namespace Podcast.FaultRunner.Evidence;

/// <summary>Reads the services' tables directly.</summary>
/// <param name="isPublishing">True if the tables of publishing are there.</param>
internal sealed class DatabaseFacts(string connectionString, bool isPublishing)
{
    private readonly string[] owners = isPublishing ? ["orchestrator", "ingest", "publishing"] : ["orchestrator", "ingest"];

    public Task<List<SagaFact>> Sagas() => Read(
        "SELECT episode_id, title, state, version, tasks FROM orchestrator.episodes",
        row => new SagaFact(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3),
            JsonSerializer.Deserialize<TaskLedger>(row.GetString(4), JsonSerializerOptions.Web)!));

    public Task<List<ReadModelFact>> ReadModel() => Read(
        "SELECT id, title, status, version FROM ingest.episodes",
        row => new ReadModelFact(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3)));

    public Task<List<HistoryFact>> History() => Read(
        "SELECT episode_id, version, what, task FROM ingest.episode_history",
        row => new HistoryFact(row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)));

    public async Task<List<PublicationFact>> Publications() => isPublishing
        ? await Read(
            "SELECT episode_id, channel, state, step, reason FROM publishing.publications",
            row => new PublicationFact(
                row.GetGuid(0), Enum.Parse<PublishingChannel>(row.GetString(1)), row.GetString(2), row.GetString(3),
                row.IsDBNull(4) ? null : row.GetString(4)))
        : [];

    public async Task<HashSet<Guid>> Inbox() =>
        [.. await Read("""SELECT "MessageId" FROM orchestrator."InboxState" """, row => row.GetGuid(0))];

    public async Task<HashSet<string>> ReportedTaskIds() =>
        [.. await Read("SELECT ittybit_task_id FROM orchestrator.ittybit_tasks", row => row.GetString(0))];

    /// <summary>The numbers of unfinished outbox and inbox rows, by type.</summary>
    public async Task<Dictionary<string, long>> Leftovers()
    {
        var left = new Dictionary<string, long>();
        foreach (var owner in owners)
        {
            left[$"messages in the outbox of {owner}"] = await Count($"""{owner}."OutboxMessage" """);
            left[$"outboxes of {owner} that were not delivered"] = await Count($"""{owner}."OutboxState" WHERE "Delivered" IS NULL""");
            left[$"consumed messages of {owner} whose consequences were not sent"] = await Count($"""{owner}."InboxState" WHERE "Delivered" IS NULL""");
            left[$"messages of {owner} that were set aside"] = await Count($"{owner}.outbox_set_aside");
        }

        return left;
    }

    /// <summary>The numbers of episodes by state.</summary>
    public async Task<Dictionary<string, long>> States() =>
        (await Read("SELECT state, count(*) FROM orchestrator.episodes GROUP BY state", row => (State: row.GetString(0), Count: row.GetInt64(1))))
        .ToDictionary(row => row.State, row => row.Count);

    /// <summary>
    /// Passes texts for users and operators to the scanner: reasons, errors, histories, and causes of undeliverable messages.
    /// </summary>
    public async Task Scan(Scanner scanner)
    {
        (string, string)[] ofPublishing =
        [
            ("a publication's reason", "SELECT coalesce(reason, '') || ' ' || coalesce(advice, '') || ' ' || notes FROM publishing.publications"),
            ("a set-aside message of publishing", "SELECT coalesce(destination, '') || ' ' || reason FROM publishing.outbox_set_aside"),
        ];
        (string, string)[] ofAll =
        [
            ("an episode's reason", "SELECT coalesce(reason, '') FROM ingest.episodes"),
            ("a task's error", "SELECT coalesce(error_message, '') FROM ingest.processing_tasks"),
            ("an episode's history", "SELECT what || ' ' || \"by\" || ' ' || coalesce(why, '') FROM ingest.episode_history"),
            ("a set-aside message of the orchestrator", "SELECT coalesce(destination, '') || ' ' || reason FROM orchestrator.outbox_set_aside"),
            ("a set-aside message of ingest", "SELECT coalesce(destination, '') || ' ' || reason FROM ingest.outbox_set_aside"),
        ];
        foreach (var (place, query) in ofAll.Concat(isPublishing ? ofPublishing : []))
        {
            foreach (var text in await Read(query, row => row.GetString(0)))
                scanner.Text(place, text);
        }
    }

    private async Task<long> Count(string from) => (await Read($"SELECT count(*) FROM {from}", row => row.GetInt64(0)))[0];

    private async Task<List<T>> Read<T>(string query, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // constants
        await using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}
