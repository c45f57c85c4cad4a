using Npgsql;

namespace Podcast.Hosting.Tests.Data;

public sealed class The_connection_string
{
    private const string Idle = ";Options=-c idle_in_transaction_session_timeout=60s";

    [Theory]
    [InlineData("Host=db", "Host=db;Max Auto Prepare=100;No Reset On Close=true" + Idle)]
    [InlineData("Host=db;", "Host=db;;Max Auto Prepare=100;No Reset On Close=true" + Idle)]
    [InlineData("Host=db;Max Auto Prepare=0", "Host=db;Max Auto Prepare=0;No Reset On Close=true" + Idle)]
    [InlineData("Host=db;maxautoprepare=5;NO RESET ON CLOSE=false", "Host=db;maxautoprepare=5;NO RESET ON CLOSE=false" + Idle)]
    [InlineData("Host=db;options=-c x.y=1", "Host=db;options=-c x.y=1;Max Auto Prepare=100;No Reset On Close=true")]
    public void session_settings_are_ours_unless_it_decides_otherwise(string given, string used)
    {
        Database.WithSessionSettings(given).ShouldBe(used);
        _ = new NpgsqlConnectionStringBuilder(used);
    }

    [Fact]
    public async Task session_that_idles_in_a_transaction_has_a_limit()
    {
        await using var postgres = await PostgresServer.CreateDatabase();
        await using var connection = new NpgsqlConnection(Database.WithSessionSettings(postgres.ConnectionString));
        await connection.OpenAsync();
        await using var show = new NpgsqlCommand("SHOW idle_in_transaction_session_timeout", connection);

        (await show.ExecuteScalarAsync()).ShouldBe("1min");
    }
}
