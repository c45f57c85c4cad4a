using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Runs;

public sealed class When_something_is_wrong_at_the_start
{
    [Fact]
    public async Task a_missing_table_is_named()
    {
        await using var team = await BatchScenario.Start();
        await Refused(team, 2, "There is no table films in", "run", "--table", "films");
    }

    [Fact]
    public async Task a_missing_database_is_named()
    {
        await using var team = await BatchScenario.Start();
        await Refused(team, 2, "There is no database", "run", "--db", team.Files["other.db"]);
    }

    [Fact]
    public async Task a_file_that_is_no_database_is_named()
    {
        await using var team = await BatchScenario.Start();
        await File.WriteAllTextAsync(team.Files["poem.db"], new string('x', 5000));
        await Refused(team, 2, "poem.db cannot be used: SQLite Error 26", "run", "--db", team.Files["poem.db"]);
    }

    [Fact]
    public async Task a_server_that_does_not_answer_is_named_without_its_password()
    {
        await using var team = await BatchScenario.Start();
        var run = await Refused(team, 2, "The database films at 127.0.0.1:1 cannot be used:", "run", "--db", "postgres://bob:hidden-word@127.0.0.1:1/films");
        run.Everything.ShouldNotContain("hidden-word");
    }

    [Theory]
    [InlineData("postgres://bob:hidden-word@")]
    [InlineData("Host=x;Pasword=hidden-word")]
    [InlineData("mysql://bob:hidden-word@host/films")]
    [InlineData("Password=hidden-word")]
    public async Task an_address_that_makes_no_sense_is_not_repeated(string address)
    {
        await using var team = await BatchScenario.Start();
        var run = await Refused(team, 2, "--db", "run", "--db", address);
        run.Everything.ShouldNotContain("hidden-word");
    }

    [Fact]
    public async Task missing_columns_are_named_with_the_options_that_rename_them()
    {
        await using var team = await BatchScenario.Start(table: null);
        await team.Execute("CREATE TABLE media (id integer PRIMARY KEY, url text, processing_status text)");
        await Refused(team, 2, "has no column ittybit_task_id, output_url, processed_at", "run");
    }

    [Fact]
    public async Task a_missing_key_is_asked_for()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        team.Set("ITTYBIT_API_KEY", null);
        await Refused(team, 2, "Set ITTYBIT_API_KEY", "run");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "pending");
    }

    [Theory]
    [InlineData("--batch-size", "0")]
    [InlineData("--batch-size", "many")]
    [InlineData("--delay", "-1")]
    [InlineData("--delay", "soon")]
    [InlineData("--limit", "-5")]
    [InlineData("--rate", "0")]
    [InlineData("--concurrency", "1000")]
    [InlineData("--width", "0")]
    [InlineData("--kind", "Video!")]
    [InlineData("--wait", "forever")]
    [InlineData("--speed", "9")]
    [InlineData("--password=hidden-word", "")]
    public async Task an_option_that_makes_no_sense_is_named(string option, string value)
    {
        await using var team = await BatchScenario.Start();
        var run = await Refused(team, 2, option.Split('=')[0], "run", option, value);
        run.Everything.ShouldNotContain("hidden-word");
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task bad_rows_fail_by_themselves()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("https://cdn.example/a.mp4", "ftp://old.example/b.mp4", "", "https://cdn.example/c.mp4");

        var run = await team.Run("run");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain("Failed to dispatch task for media #2: 'ftp://old.example/b.mp4' is no http, https or s3 address.");
        run.Error.ShouldContain("Failed to dispatch task for media #3: The row has no address.");
        run.Lines[^1].ShouldBe("Done. 2 completed, 2 failed.");
        (await team.Rows()).Select(row => row.ProcessingStatus).ShouldBe(["completed", "failed", "failed", "completed"]);
    }

    [Fact]
    public async Task only_bad_rows_means_that_nothing_was_dispatched()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("nowhere");

        var run = await team.Run("run");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain("No tasks were dispatched successfully.");
    }

    private static async Task<Outcome> Refused(BatchScenario team, int exit, string words, params string[] arguments)
    {
        var run = await team.Run(arguments);
        run.Exit.ShouldBe(exit, run.Everything);
        run.Out.ShouldBeEmpty();
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1, run.Everything);
        run.Error.ShouldContain(words);
        return run;
    }
}
