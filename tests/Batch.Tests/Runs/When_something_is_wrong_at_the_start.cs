using Podcast.Batch.Cli;
using Podcast.Batch.Tests.Support;
using Podcast.Testing;

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
    [InlineData("Ittybit:BaseUrl", "Ittybit__BaseUrl is no setting; the nearest is Ittybit__BaseAddress.")]
    [InlineData("Itybit:BaseAddress", "Itybit__BaseAddress is no setting; the nearest is Ittybit__BaseAddress.")]
    [InlineData("ITTYBIT_BASE_ADDRESS", "ITTYBIT_BASE_ADDRESS is no setting; the nearest is Ittybit__BaseAddress.")]
    [InlineData("ITTYBIT_APIKEY", "ITTYBIT_APIKEY is no setting; the nearest is ")]
    [InlineData("Webhooks:PublicAdress", "Webhooks__PublicAdress is no setting; the nearest is Webhooks__PublicUrl.", "--wait", "webhooks")]
    [InlineData("Bus:PrefetchCont", "Bus__PrefetchCont is no setting; the nearest is Bus__PrefetchCount.", "--episodes")]
    [InlineData("ConnectionStrings:RabitMq", "ConnectionStrings__RabitMq is no setting; the nearest is ConnectionStrings__RabbitMq.", "--episodes")]
    public async Task a_misspelt_setting_is_named_with_the_nearest(string name, string words, params string[] options)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        team.Set("ConnectionStrings:RabbitMq", "amqp://127.0.0.1:1");
        team.Set("Webhooks:Key", "0123456789abcdef");
        team.Set(name, "https://hidden-word.example");

        var run = await team.Run(["run", .. options]);

        run.Exit.ShouldBe(2, run.Everything);
        run.Error.ShouldContain(words);
        run.Error.Trim().ShouldNotContain('\n');
        run.Everything.ShouldNotContain("hidden-word");
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "pending");
    }

    [Fact]
    public async Task a_file_of_settings_is_read_with_what_is_misspelt_in_it()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            directory[".env"],
            "APP_NAME=Films\n# Ittybit__ApiKey=no\nITTYBIT_API_KEY=\"key\"\nItybit__BaseAddress = http://127.0.0.1 \n");

        EnvFile.Read(directory[".env"]).ShouldBe(new Dictionary<string, string?>
        {
            ["APP_NAME"] = "Films",
            ["ITTYBIT_API_KEY"] = "key",
            ["Itybit:BaseAddress"] = "http://127.0.0.1",
        });
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
