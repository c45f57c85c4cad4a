using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly.Timeout;
using Refit;

namespace Podcast.Ittybit.Tests.Resilience;

/// <summary>Against a loopback server and the system's clock: what a fake network cannot show.</summary>
public class When_the_network_is_real
{
    private const string Task1 = """{ "id": "task_1", "status": "pending" }""";

    [Fact]
    public async Task a_refused_connection_is_one_that_surely_made_nothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var log = new List<string>();
        await using var client = Over(new Uri($"http://127.0.0.1:{port}"), log);

        var exception = await Should.ThrowAsync<HttpRequestException>(Create(client));

        exception.HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
        log.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_body_that_trickles_is_given_up()
    {
        await using var server = await Server(async context =>
        {
            await context.Response.WriteAsync("{ \"id\": ");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var client = Over(Address(server), settings: ("Ittybit:ReadTimeout", "00:00:00.200"));

        await Should.ThrowAsync<TimeoutRejectedException>(
            client.Api.GetTask("task_1").WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task a_body_that_breaks_off_is_read_again()
    {
        var asked = 0;
        await using var server = await Server(context =>
        {
            // A promise of more than is written: the server sends that and closes the connection.
            context.Response.ContentLength = Task1.Length;
            return context.Response.WriteAsync(++asked == 1 ? Task1[..9] : Task1);
        });
        await using var client = Over(Address(server));

        (await client.Api.GetTask("task_1")).Id.ShouldBe("task_1");
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task a_creation_that_breaks_off_is_not_repeated()
    {
        var asked = 0;
        await using var server = await Server(context =>
        {
            asked++;
            context.Abort();
            return Task.CompletedTask;
        });
        await using var client = Over(Address(server));

        var exception = await Should.ThrowAsync<HttpRequestException>(Create(client));

        asked.ShouldBe(1);
        IttybitFailure.Of(exception, TimeProvider.System).Kind.ShouldBe(IttybitFailureKind.Transient);
    }

    [Fact]
    public async Task an_answer_without_end_is_given_up()
    {
        await using var server = await Server(async context =>
        {
            var spaces = new byte[1024 * 1024];
            Array.Fill(spaces, (byte)' ');
            for (var megabytes = 0; megabytes < 64; megabytes++)
                await context.Response.Body.WriteAsync(spaces, context.RequestAborted);
        });
        await using var client = Over(Address(server));

        var exception = await Should.ThrowAsync<HttpRequestException>(client.Api.GetTask("task_1"));

        exception.HttpRequestError.ShouldBe(HttpRequestError.ConfigurationLimitExceeded);
    }

    [Theory]
    [InlineData(200, "application/json", "", 0L)]
    [InlineData(200, "application/json", "", null)]
    [InlineData(204, null, "", null)]
    [InlineData(201, "application/json", " ", null)]
    [InlineData(200, "text/html", "<html>All is well</html>", null)]
    [InlineData(200, "text/plain", "task_1", null)]
    public async Task an_answer_without_a_task_is_no_success(int status, string? type, string body, long? length)
    {
        await using var server = await Server(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            context.Response.ContentLength = length;
            return context.Response.WriteAsync(body);
        });
        await using var client = Over(Address(server));

        foreach (var call in new Func<Task>[] { () => client.Api.GetTask("task_1"), client.Create, () => client.Api.ListTasks() })
        {
            var exception = await Should.ThrowAsync<ApiException>(call);

            var failure = IttybitFailure.Of(exception, TimeProvider.System);
            failure.StatusCode.ShouldBe(status);
            failure.Kind.ShouldBe(IttybitFailureKind.Transient);
            failure.Message.ShouldStartWith("Ittybit's answer cannot be read: ");
        }
    }

    [Fact]
    public async Task a_body_is_sent_whole_as_json_in_utf_8()
    {
        var received = (Type: "", Length: (long?)null, Body: "");
        await using var server = await Server(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            received = (context.Request.ContentType!, context.Request.ContentLength, await body.ReadToEndAsync());
            await context.Response.WriteAsync("""{ "id": "med_1" }""");
        });
        await using var client = Over(Address(server));

        await client.Api.CreateMedia(new MediaRequest { Title = "Größe" });

        received.Type.ShouldBe("application/json; charset=utf-8");
        received.Length.ShouldBe(System.Text.Encoding.UTF8.GetByteCount(received.Body));
        Json.Of(received.Body).ShouldBeSameJsonAs("""{ "title": "Größe" }""");
    }

    [Fact]
    public async Task the_key_follows_no_redirect()
    {
        var stranger = 0;
        await using var elsewhere = await Server(context =>
        {
            stranger++;
            return context.Response.WriteAsync(Task1);
        });
        await using var server = await Server(context =>
        {
            context.Response.Redirect(Address(elsewhere) + "tasks/task_1", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        await using var client = Over(Address(server));

        var refusal = await Should.ThrowAsync<ApiException>(client.Api.GetTask("task_1"));

        refusal.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        stranger.ShouldBe(0);
        IttybitFailure.Of(refusal, TimeProvider.System).Message.ShouldBe("Ittybit redirects, which is not followed (307).");
    }

    [Fact]
    public async Task the_log_names_the_trouble_and_no_secret()
    {
        var asked = 0;
        var log = new List<string>();
        await using var server = await Server(context =>
        {
            context.Response.StatusCode = ++asked == 1 ? 503 : 200;
            return context.Response.WriteAsync($"[ {Task1} ]");
        });
        await using var client = Over(Address(server), log);

        await client.Api.ListTasks();

        log.ShouldHaveSingleItem().ShouldMatch(@"^Ittybit GET /tasks ended in 503; asking again in 00:00:0\S+ \(1 of 2\)$");
    }

    private static Client Over(Uri address, List<string>? log = null, params (string, string)[] settings) => new(
        clock: TimeProvider.System,
        add: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Lines(log ?? []))),
        settings:
        [
            ("Ittybit:BaseAddress", address.OriginalString),
            ("Ittybit:RetryDelay", "00:00:00.001"),
            ("Ittybit:Retries", "2"),
            .. settings,
        ]);

    private static Task<IttybitTask> Create(Client client) =>
        client.Api.CreateTask(IttybitTasks.Audio(new IttybitSource("file_1", null)));

    private static Uri Address(WebApplication server) => new(server.Urls.Single());

    private static async Task<WebApplication> Server(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private sealed class Lines(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Podcast", StringComparison.Ordinal)
            || categoryName.StartsWith("System.Net.Http", StringComparison.Ordinal)
            ? this
            : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
