namespace Podcast.Emulators.Ittybit.State;

/// <summary>
/// The tables. Only fields that queries use have a column; the JSON document of the row holds all others. Times are Unix
/// milliseconds.
/// </summary>
internal static class Schema
{
    public const string Create = """
        CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);

        CREATE TABLE IF NOT EXISTS tasks (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, status TEXT NOT NULL,
            ref TEXT, run TEXT NOT NULL, lane TEXT NOT NULL, document TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS tasks_by_queue ON tasks (lane, seq) WHERE run = 'queued';
        CREATE INDEX IF NOT EXISTS tasks_by_ref ON tasks (ref, kind);

        CREATE TABLE IF NOT EXISTS idempotency_keys (key TEXT PRIMARY KEY, at INTEGER NOT NULL, task_id TEXT NOT NULL);

        CREATE TABLE IF NOT EXISTS files (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, media_id TEXT NOT NULL, path TEXT NOT NULL,
            document TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS files_by_path ON files (path);
        CREATE INDEX IF NOT EXISTS files_by_media ON files (media_id);

        CREATE TABLE IF NOT EXISTS media (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL);

        CREATE TABLE IF NOT EXISTS uploads (name TEXT PRIMARY KEY, total INTEGER NOT NULL, ranges TEXT NOT NULL, file_id TEXT);

        CREATE TABLE IF NOT EXISTS webhooks (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL, stage INTEGER NOT NULL, about TEXT NOT NULL, sort TEXT NOT NULL,
            url TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, attempts_allowed INTEGER NOT NULL, answer INTEGER, ended_at INTEGER);
        CREATE INDEX IF NOT EXISTS webhooks_by_due ON webhooks (due_at) WHERE state = 'waiting';
        CREATE INDEX IF NOT EXISTS webhooks_by_task ON webhooks (task_id, stage);

        CREATE TABLE IF NOT EXISTS requests (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, creates INTEGER NOT NULL,
            idempotency_key TEXT, ref TEXT, kind TEXT, source TEXT, answer INTEGER, fault TEXT, task_id TEXT);
        CREATE INDEX IF NOT EXISTS requests_by_creation ON requests (seq) WHERE creates = 1;
        """;
}
