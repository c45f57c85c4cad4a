using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Testing;

namespace Podcast.Throttling.Tests;

/// <summary>A lane in memory, with the handler that the lanes of all processes have.</summary>
public sealed class When_one_run_calls_alone : IDisposable
{
    private readonly ManualClock clock = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Provider provider;
    private readonly InProcessLane lane;
    private readonly ServiceProvider services;

    public When_one_run_calls_alone()
    {
        provider = new Provider(clock);
        lane = new InProcessLane("ittybit", rate: 10, clock);
        var registrations = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock);
        registrations.AddHttpClient(lane.Name).ConfigurePrimaryHttpMessageHandler(provider.Handler);
        services = registrations.AddInProcessThrottle(lane, ending.Token).BuildServiceProvider(validateScopes: true);
    }

    public void Dispose()
    {
        services.Dispose();
        ending.Dispose();
    }

    [Fact]
    public async Task the_first_call_waits_for_its_permit()
    {
        var begun = clock.GetUtcNow();

        await Through(Call());

        provider.Requests.ShouldHaveSingleItem().ShouldBeGreaterThanOrEqualTo(begun + TimeSpan.FromSeconds(1 / 10.0));
    }

    [Theory]
    [InlineData(429, null, 1)]
    [InlineData(429, 3, 3)]
    [InlineData(503, 3, 3)]
    [InlineData(500, 3, 3)]
    public async Task a_refusal_halves_the_rate_and_holds_calls_back(int status, int? retryAfter, int seconds)
    {
        provider.Answers(status, retryAfter);
        await Through(Call());
        lane.Status.Rate.ShouldBe(5, 1e-6);

        provider.Answers(200);
        await Through(Call());

        (provider.Requests[1] - provider.Requests[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(seconds));
        lane.Status.Rate.ShouldBe(5.5, 1e-6);
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(429, 3)]
    public async Task a_clock_that_is_set_back_neither_delays_nor_hurries(int status, int seconds)
    {
        var (back, least, most) = (TimeSpan.FromHours(1), TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(60));
        provider.Answers(status, retryAfter: seconds);
        await Through(Call());
        clock.SetBack(back);
        if (seconds > 0)
            (lane.Status.Until!.Value + back - provider.Requests[0]).ShouldBeInRange(least, most);

        await Through(Call());

        (provider.Requests[1] + back - provider.Requests[0]).ShouldBeInRange(least, most);
    }

    [Fact]
    public async Task calls_that_were_refused_together_halve_it_once()
    {
        var answers = new Queue<TaskCompletionSource<HttpResponseMessage>>([new(), new()]);
        var (first, slow) = (answers.ElementAt(0), answers.ElementAt(1));
        provider.Answer = _ => answers.Dequeue().Task;
        var calls = (Call(), Call());
        await Advance(() => answers.Count == 0);

        first.SetResult(Provider.Refusal(429));
        await calls.Item1;
        clock.Advance(TimeSpan.FromSeconds(10));
        slow.SetResult(Provider.Refusal(429));
        await calls.Item2;

        lane.Status.Rate.ShouldBe(5, 1e-6);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task another_error_holds_nothing_back(int status)
    {
        provider.Answers(status);
        await Through(Call());

        lane.Status.State.ShouldBe(Contracts.LaneState.Open);
        lane.Status.Until.ShouldBeNull();
        await Through(Call());
        provider.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task calls_go_on_while_no_answer_comes()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        provider.Answer = _ => answer.Task;
        var calls = Enumerable.Range(0, 20).Select(_ => Call()).ToList();

        await Advance(() => provider.Requests.Count == 20);

        answer.SetResult(Provider.Ok());
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task calls_that_wait_fail_when_the_run_ends()
    {
        var call = Call();

        await ending.CancelAsync();

        await Should.ThrowAsync<HeldBackException>(() => call);
        await Should.ThrowAsync<HeldBackException>(Call);
        provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_call_that_was_sent_ends_with_its_answer()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        provider.Answer = _ => answer.Task;
        var call = Call();
        await Advance(() => provider.Requests.Count == 1);

        await ending.CancelAsync();
        answer.SetResult(Provider.Ok());

        (await call).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private Task<HttpResponseMessage> Call() =>
        services.GetRequiredService<IHttpClientFactory>().CreateClient(lane.Name).GetAsync(new Uri("http://ittybit.example/tasks"));

    private Task Through(Task work) => Advance(() => work.IsCompleted);

    /// <summary>Moves the clock until <paramref name="isDone"/>.</summary>
    private async Task Advance(Func<bool> isDone)
    {
        for (var steps = 0; !isDone() && steps < 20_000; steps++)
        {
            await Task.Delay(1);
            clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        isDone().ShouldBeTrue();
    }
}
