using Microsoft.EntityFrameworkCore;

namespace Podcast.Throttling.Data;

/// <summary>The statement that takes permits. PostgreSQL uses its own clock, because those of processes may differ.</summary>
internal static class LaneSql
{
    /// <summary>
    /// Takes {1} permits of lane {0}, unless the lane is closed or its next permit is more than {3} seconds away. {2}: the full
    /// rate, {7}: the fraction of the rate at which calls are sent, {4}: the seconds of a full recovery, {5}: the longest gap
    /// between two probes of a paused lane, {6}: now, in Unix milliseconds, for SQLite, {8}: the kind of the calls, {9}: the most
    /// seconds that one statement's permits take. If the next permit is further away than {3} and {9} can explain, the clock was
    /// set back, and permits are given from now on. A paused lane grants one permit at a time; for the refused kind it is a probe
    /// and postpones the next probe. Returns the seconds to the end of the last permit and the seconds per permit, or no row.
    /// </summary>
    public static string Take(LanesDb database) => database.Database.IsNpgsql() ? Postgres : Sqlite;

    private static readonly string Postgres = Statement(
        table: "\"lanes\".\"lanes\"", greatest: "greatest", least: "least", now: "clock_timestamp()",
        later: (time, seconds) => $"{time} + make_interval(secs => ({seconds})::float8)",
        between: (from, to) => $"extract(epoch FROM ({to}) - ({from}))::float8");

    private static readonly string Sqlite = Statement(
        table: "\"lanes\"", greatest: "max", least: "min", now: "{6}",
        later: (time, seconds) => $"{time} + CAST((({seconds}) * 1000) + 0.999 AS INTEGER)",
        between: (from, to) => $"((({to}) - ({from})) / 1000.0)");

    private static string Statement(
        string table, string greatest, string least, string now, Func<string, string, string> later, Func<string, string, string> between)
    {
        // Without a limit permits take no time; a rate that a 429 halved grows back linearly. It would shrink if the clock, which
        // may have been set back, shows a time before the 429.
        var rate = $"{least}({{2}}, coalesce(slowed_to + ({{2}} * {greatest}(0.0, {between("slowed_at", now)}) / {{4}}), {{2}}))";
        var permit = $"(CASE WHEN {{2}} <= 0 THEN 0.0 ELSE 1.0 / ({rate} * {{7}}) END)";
        var count = "(CASE WHEN is_paused THEN 1 ELSE {1} END)";
        var gap = $"{least}(probe_gap * 2, {"{5}"})";
        var isProbe = "(is_paused AND coalesce(refused_kind, {8}) = {8})";
        var isSoon = $"free_at <= {later(now, "{3}")}";
        return $"""
            UPDATE {table} SET
                full_rate = {"{2}"},
                free_at = {later($"(CASE WHEN {isSoon} THEN {greatest}(free_at, {now}) ELSE {now} END)", $"{count} * {permit}")},
                open_at = CASE WHEN {isProbe} THEN {later(now, gap)} ELSE open_at END,
                probe_gap = CASE WHEN {isProbe} THEN {gap} ELSE probe_gap END
            WHERE name = {"{0}"} AND open_at <= {now} AND ({isSoon} OR free_at > {later(now, "{3} + {9}")})
            RETURNING {count} AS "Count", {isProbe} AS "IsProbe", {between(now, "free_at")} AS "End", {permit} AS "Each"
            """;
    }
}
