using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Verbs;

public sealed class When_the_table_is_prepared
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task init_makes_a_table_that_runs(string database)
    {
        await using var team = await BatchScenario.Start(database, table: null);

        (await team.Run("init")).Out.ShouldStartWith("Made the table ");
        await team.Media("https://cdn.example/a.mp4", "bad");
        await team.Run("run");

        (await team.Rows()).Select(row => row.ProcessingStatus).ShouldBe(["completed", "failed"]);
        (await team.Value<string>("SELECT error FROM media WHERE id = 2")).ShouldBe("'bad' is no http, https or s3 address.");
        (await team.Value<long>("SELECT attempts FROM media WHERE id = 1")).ShouldBe(1);
        (await team.Value<long>("SELECT count(dispatched_at) FROM media WHERE id = 1")).ShouldBe(1);
        (await team.Run("init")).Out.ShouldContain("has all that is needed");
    }

    [Fact]
    public async Task long_address_is_shown_without_half_a_character()
    {
        await using var team = await BatchScenario.Start("postgres", table: null);
        await team.Execute("CREATE TABLE media (id integer PRIMARY KEY, url text NOT NULL)");
        await team.Execute($"INSERT INTO media VALUES (1, 'ftp://old.example/{new string('x', 280)}🎙.mp4')");
        await team.Run("init");

        var run = await team.Run("run");

        run.Error.ShouldContain("No tasks were dispatched successfully.");
        (await team.Rows()).Select(row => row.ProcessingStatus).ShouldBe(["failed"]);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task init_adds_the_tutorials_columns_and_ours_to_a_table(string database)
    {
        await using var team = await BatchScenario.Start(database, table: null);
        await team.Execute("CREATE TABLE media (id integer PRIMARY KEY, url text NOT NULL, title text)");
        await team.Execute("INSERT INTO media VALUES (1, 'https://cdn.example/a.mp4', 'kept')");

        (await team.Run("init")).Out.ShouldContain(": ittybit_task_id, processing_status, output_url, processed_at, attempts, error, dispatched_at.");

        (await team.Run("run")).Lines[^1].ShouldBe("Done. 1 completed, 0 failed.");
        (await team.Value<string>("SELECT title FROM media")).ShouldBe("kept");
    }

    [Fact]
    public async Task add_columns_adds_ours_to_the_tutorials_table()
    {
        await using var team = await BatchScenario.Start("postgres");
        await team.Media(1);

        await team.Run("run", "--add-columns");

        (await team.Value<long>("SELECT attempts FROM media")).ShouldBe(1);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task other_names_are_taken_from_options(string database)
    {
        await using var team = await BatchScenario.Start(database, table: null);
        await team.Execute("CREATE TABLE films (film_no varchar(40) PRIMARY KEY, source text, task text, state text DEFAULT 'pending', result text, done text)");
        await team.Execute("INSERT INTO films (film_no, source) VALUES ('it''s \"one\"', 'https://cdn.example/a.mp4'), ('b-2', 'https://cdn.example/b.mp4')");

        var run = await team.Run(
            "run", "--table", "films", "--id-column", "film_no", "--url-column", "source", "--task-id-column", "task",
            "--status-column", "state", "--output-url-column", "result", "--processed-at-column", "done");

        run.Lines[^1].ShouldBe("Done. 2 completed, 0 failed.", run.Everything);
        (await team.Value<long>("SELECT count(*) FROM films WHERE state = 'completed' AND result LIKE 'http%' AND done IS NOT NULL")).ShouldBe(2);
    }

    [Theory]
    [InlineData("uuid", "gen_random_uuid()")]
    [InlineData("char(26)", "'01ARZ3NDEKTSV4RRFFQ69G5FA' || n")]
    [InlineData("ulid", "'01ARZ3NDEKTSV4RRFFQ69G5FA' || n")]
    [InlineData("char(26)", "'short' || n")]
    [InlineData("bit(8)", "CAST(n AS bit(8))")]
    [InlineData("bit varying(8)", "CAST(CAST(n AS bit(8)) AS bit varying(8))")]
    [InlineData("part", "CAST('part ' || n AS part)")]
    [InlineData("numeric(6, 2)", "n")]
    [InlineData("\"char\"", "CAST(CAST(n AS text) AS \"char\")")]
    public async Task ids_may_have_any_type(string type, string id)
    {
        await using var team = await BatchScenario.Start("postgres", table: null);
        await team.Execute(
            $"""
            CREATE DOMAIN ulid AS char(26);
            CREATE TYPE part AS ENUM ('part 5', 'part 4', 'part 3', 'part 2', 'part 1');
            CREATE TABLE media (id {type} PRIMARY KEY, url text);
            INSERT INTO media SELECT {id}, 'https://cdn.example/' || n FROM generate_series(1, 5) n
            """);
        await team.Run("init");

        (await team.Run("run", "--batch-size", "2", "--limit", "3")).Lines[^1].ShouldBe("Done. 3 completed, 0 failed.");
        await team.Run("plan", "--out", team.Files["plan.jsonl"]);
        (await team.Run("apply", team.Files["plan.jsonl"])).Lines[^1].ShouldBe("Done. 2 completed, 0 failed.");
        await team.Execute("UPDATE media SET processing_status = 'dispatched'; DELETE FROM podcast_batch_items");
        (await team.Run("run", "--resume")).Lines[^1].ShouldBe("Done. 5 completed, 0 failed.");
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(5);
    }

    [Fact]
    public async Task columns_of_the_same_name_about_something_else_are_left_alone()
    {
        await using var team = await BatchScenario.Start("postgres");
        await team.Execute("ALTER TABLE media ADD COLUMN error boolean NOT NULL DEFAULT false, ADD COLUMN attempts text NOT NULL DEFAULT 'none'");
        await team.Media("https://cdn.example/a.mp4", "bad");

        (await team.Run("run")).Lines[^1].ShouldBe("Done. 1 completed, 1 failed.");
        (await team.Value<long>("SELECT count(*) FROM media WHERE attempts = 'none' AND NOT error")).ShouldBe(2);
    }
}
