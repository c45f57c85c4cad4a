namespace Podcast.Hosting.Tests.Data;

public sealed class The_connection_string
{
    [Theory]
    [InlineData("Host=db", "Host=db;Max Auto Prepare=100;No Reset On Close=true")]
    [InlineData("Host=db;", "Host=db;;Max Auto Prepare=100;No Reset On Close=true")]
    [InlineData("Host=db;Max Auto Prepare=0", "Host=db;Max Auto Prepare=0;No Reset On Close=true")]
    [InlineData("Host=db;maxautoprepare=5;NO RESET ON CLOSE=false", "Host=db;maxautoprepare=5;NO RESET ON CLOSE=false")]
    public void prepared_statements_are_on_unless_it_decides_otherwise(string given, string used)
    {
        Database.WithPreparedStatements(given).ShouldBe(used);
        _ = new Npgsql.NpgsqlConnectionStringBuilder(used);
    }
}
