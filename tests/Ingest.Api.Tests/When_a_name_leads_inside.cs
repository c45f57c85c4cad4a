using System.Net;
using System.Net.Sockets;
using Podcast.Ingest.Api.Tests.Fixtures;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_name_leads_inside(IngestHost host) : IClassFixture<IngestHost>
{
    private const string Inside = "cannot be used: The host media.example is not on the public Internet.";
    private const string Nowhere = "cannot be used: The host media.example cannot be found.";

    private readonly HttpClient client = host.ClientOf("ann");

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("fe80::1")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("93.184.216.34", "192.168.1.1")]
    public async Task name_that_leads_inside_is_refused_and_the_field_is_named(params string[] addresses)
    {
        host.Names = (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]);

        var problem = await (await Submit(client, title: "Inside")).Problem(HttpStatusCode.UnprocessableEntity);

        ((string)problem["errors"]!["url"]![0]!).ShouldBe(Inside);
        ((string)problem["detail"]!).ShouldBe($"url {Inside}");
        (await client.Get("/episodes"))["episodes"]!.AsArray().ShouldNotContain(episode => (string)episode!["title"]! == "Inside");
    }

    [Theory]
    [InlineData(SocketError.HostNotFound)]
    [InlineData(SocketError.NoData)]
    public async Task or_does_not_exist_it_is_refused(SocketError error)
    {
        host.Names = (_, _) => throw new SocketException((int)error);

        ((string)(await (await Submit(client)).Problem(HttpStatusCode.UnprocessableEntity))["errors"]!["url"]![0]!).ShouldBe(Nowhere);
    }

    [Fact]
    public async Task a_name_that_is_too_long_for_one_is_refused_too()
    {
        host.Names = Dns.GetHostAddressesAsync; // sees its length and asks nobody
        var name = string.Join('.', Enumerable.Repeat(new string('a', 60), 5));

        var response = await client.Post("/episodes", new { url = $"https://{name}.example/a.mp4", title = "Inside" });

        await response.Problem(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData(SocketError.TryAgain)]
    [InlineData(SocketError.NoRecovery)]
    [InlineData(SocketError.NetworkUnreachable)]
    public async Task but_nobody_can_be_asked_just_now_it_is_taken(SocketError error)
    {
        host.Names = (_, _) => throw new SocketException((int)error);

        await (await Submit(client)).Answer(HttpStatusCode.Accepted);

        host.Logged.ShouldContain(line => line.Contains("could not be looked up (SocketException)"));
        host.Logged.ShouldNotContain(line => line.Contains("media.example"));
    }

    [Fact]
    public async Task name_that_does_not_resolve_in_two_seconds_is_accepted()
    {
        var asked = new TaskCompletionSource();
        host.Names = async (_, cancellationToken) =>
        {
            asked.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return [];
        };

        var answer = Submit(client);
        await asked.Task;
        host.Clock.Advance(TimeSpan.FromSeconds(1.9));
        answer.IsCompleted.ShouldBeFalse();
        while (!answer.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1)); // its wait may begin a moment after the question
            await Task.Delay(10);
        }

        await (await answer).Answer(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task a_request_that_was_accepted_before_is_not_looked_up_again()
    {
        host.Names = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34")]);
        var first = await (await Submit(client, key: "once")).Answer(HttpStatusCode.Accepted);
        host.Names = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

        var second = await (await Submit(client, key: "once")).Answer(HttpStatusCode.Accepted);

        ((Guid)second["id"]!).ShouldBe((Guid)first["id"]!);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.1", false)]
    public async Task leave_for_loopback_is_leave_for_that_alone(string address, bool isTaken)
    {
        var standalone = new IngestHost().With("Sources:AllowLoopback", "true");
        try
        {
            await standalone.InitializeAsync();
            standalone.Names = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]);

            var response = await Submit(standalone.ClientOf("ann"));

            response.StatusCode.ShouldBe(isTaken ? HttpStatusCode.Accepted : HttpStatusCode.UnprocessableEntity);
        }
        finally
        {
            await standalone.DisposeAsync();
        }
    }

    private static Task<HttpResponseMessage> Submit(HttpClient client, string title = "T", string? key = null) =>
        client.Post("/episodes", new { url = "https://media.example/a.mp4?token=hidden", title }, key);
}
