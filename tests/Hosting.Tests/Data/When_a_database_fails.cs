using System.Net.Sockets;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Podcast.Hosting.Data;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Data;

public sealed class When_a_database_fails
{
    private static readonly SocketException NoName = new((int)SocketError.TryAgain);

    public static TheoryData<Exception> Passing => new(
        NoName,
        new SocketException((int)SocketError.HostNotFound),
        new TimeoutException(),
        new InvalidOperationException("likely due to a transient failure", new TimeoutException()),
        new DbUpdateException("", new InvalidOperationException("", NoName)),
        new RetryLimitExceededException("", NoName),
        new AggregateException(NoName),
        new SagaException("", typeof(Hello), typeof(Hello), Guid.Empty, NoName),
        new HttpRequestException("", new NpgsqlException("", new IOException())),
        new DbUpdateException("", new SqliteException("database or disk is full", 13)),
        new SqliteException("disk I/O error", 10, 4874),
        new SqliteException("database is locked", 5));

    public static TheoryData<Exception> Lasting => new(
        new HttpRequestException("", NoName),
        new TaskCanceledException("HttpClient.Timeout", new TimeoutException()),
        new RabbitMqConnectionException("", NoName),
        new InvalidOperationException("", new HttpRequestException("", NoName)),
        new ArgumentException("", new TimeoutException()),
        new NpgsqlException("a bug"),
        new SqliteException("file is not a database", 26));

    [Theory, MemberData(nameof(Passing))]
    public void it_is_passing_what_may_end_by_itself(Exception failure) => DatabaseErrors.IsPassing(failure).ShouldBeTrue();

    [Theory, MemberData(nameof(Lasting))]
    public void it_is_lasting_what_is_no_trouble_of_its_line(Exception failure) => DatabaseErrors.IsPassing(failure).ShouldBeFalse();

    [Fact]
    public async Task a_name_that_is_not_resolved_is_passing()
    {
        await using var database = new SampleDb(new DbContextOptionsBuilder<SampleDb>().UseNpgsql("Host=postgres.invalid;Timeout=1").Options);

        var failure = await Should.ThrowAsync<Exception>(() => database.Greetings.AnyAsync());

        DatabaseErrors.IsPassing(failure).ShouldBeTrue(failure.ToString());
    }
}
