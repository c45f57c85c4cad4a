using Microsoft.Extensions.DependencyInjection;
using Podcast.Testing;
using Polly.Timeout;
using Refit;

namespace Podcast.Ittybit.Tests.Resilience;

public sealed class When_ittybit_is_waited_for : IDisposable
{
    private const string Task1 = """{ "id": "task_1", "status": "pending" }""";
    private readonly FakeIttybit ittybit = new();

    public void Dispose() => ittybit.Dispose();

    [Theory]
    [InlineData("7")]
    [InlineData("Thu, 15 Jan 2026 14:32:17 GMT")]
    public async Task it_is_asked_again_when_it_wants_to_be(string retryAfter)
    {
        await using var client = new Client(ittybit.Answers(429, "", ("Retry-After", retryAfter)).Answers(200, Task1));

        var call = client.Api.GetTask("task_1");
        await Eventually.Holds(() => client.Clock.Waiting == 1, "the client waits");
        client.Clock.Advance(TimeSpan.FromSeconds(6.9));
        client.Clock.Waiting.ShouldBe(1);
        ittybit.Requests.Count.ShouldBe(1);

        client.Clock.Advance(TimeSpan.FromSeconds(0.1));
        (await call).Id.ShouldBe("task_1");
    }

    [Theory]
    [InlineData("21")]
    [InlineData("Thu, 15 Jan 2026 15:32:17 GMT")]
    public async Task too_long_a_wish_is_handed_to_the_caller_at_once(string retryAfter)
    {
        await using var client = Client.Patient(ittybit.Answers(429, "", ("Retry-After", retryAfter)).Answers(200, Task1));

        var refusal = await Should.ThrowAsync<ApiException>(client.Clock.Run(client.Api.GetTask("task_1")));

        ittybit.Requests.Count.ShouldBe(1);
        IttybitFailure.Of(refusal, client.Clock).RetryAfter!.Value.ShouldBeGreaterThan(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public async Task without_a_wish_the_waits_grow(string? retryAfter)
    {
        await using var client = Client.Patient(
            ittybit.Answers(503, "", retryAfter is null ? [] : [("Retry-After", retryAfter)]), ("Ittybit:Retries", "6"));
        var begin = client.Clock.GetUtcNow();

        await Should.ThrowAsync<ApiException>(client.Clock.Run(client.Api.GetTask("task_1")));

        // Six doublings of a second would be 63 s without jitter, and each stays below 20 s.
        (client.Clock.GetUtcNow() - begin).ShouldBeInRange(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(121));
    }

    [Theory]
    [InlineData(false, 15)]
    [InlineData(true, 30)]
    public async Task it_has_its_time_to_answer(bool creates, int seconds)
    {
        await using var client = new Client(ittybit.NeverAnswers(), settings: ("Ittybit:Retries", "0"));

        var call = creates ? client.Create() : client.Api.GetTask("task_1");
        await Eventually.Holds(() => client.Clock.Waiting == 1, "the client waits");
        client.Clock.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        client.Clock.Waiting.ShouldBe(1);
        call.IsCompleted.ShouldBeFalse();

        client.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await Should.ThrowAsync<TimeoutRejectedException>(call);
    }

    [Fact]
    public async Task who_gives_up_waiting_is_let_go()
    {
        using var cancellation = new CancellationTokenSource();
        await using var client = new Client(ittybit.Answers(503));

        var call = client.Api.GetTask("task_1", cancellation.Token);
        await Eventually.Holds(() => client.Clock.Waiting == 1, "the client waits");
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        ittybit.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_lane_sees_every_try_and_its_waits_cost_no_time_to_answer()
    {
        var lane = new Lane();
        await using var client = new Client(
            ittybit.Answers(503).Answers(200, Task1),
            add: services => services.AddHttpClient(IttybitClient.Name).AddHttpMessageHandler(() => lane),
            clock: lane.Clock);

        await lane.Clock.Run(client.Api.GetTask("task_1"));

        lane.Seen.ShouldBe(["503", "200"]);
        ittybit.Requests.Count.ShouldBe(2);
    }

    /// <summary>Stands for the shared rate: holds every request for longer than Ittybit may take to answer it.</summary>
    private sealed class Lane : DelegatingHandler
    {
        public ManualClock Clock { get; } = new();

        public List<string> Seen { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), Clock, cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            Seen.Add($"{(int)response.StatusCode}");
            return response;
        }
    }
}
