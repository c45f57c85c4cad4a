using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Podcast.Throttling.Tests;

/// <summary>Plays Ittybit without a network: notes when each request came, and answers as it is told.</summary>
internal sealed class Provider(TimeProvider clock)
{
    private readonly ConcurrentQueue<DateTimeOffset> requests = new();

    /// <summary>What every request is answered with.</summary>
    public Func<HttpRequestMessage, Task<HttpResponseMessage>> Answer { get; set; } = _ => Task.FromResult(Ok());

    public IReadOnlyList<DateTimeOffset> Requests => [.. requests];

    /// <summary>How many requests were refused.</summary>
    public int Refusals { get; private set; }

    public static HttpResponseMessage Ok() => new(HttpStatusCode.OK)
    {
        Content = new StringContent("""{"id":"task_1","status":"processing"}""", Encoding.UTF8, "application/json"),
    };

    public static HttpResponseMessage Refusal(int status, int? retryAfter = null) => new((HttpStatusCode)status)
    {
        Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        Headers = { RetryAfter = retryAfter is { } seconds ? new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) : null },
    };

    public void Answers(int status, int? retryAfter = null) =>
        Answer = _ => Task.FromResult(status == 200 ? Ok() : Refusal(status, retryAfter));

    /// <summary>Refuses what costs, and answers the rest.</summary>
    public void RefusesOrders(int status) => Answer = request => Task.FromResult(
        request is { Method.Method: "POST", RequestUri.AbsolutePath: var path } && path.EndsWith("/tasks", StringComparison.Ordinal)
            ? Refusal(status)
            : Ok());

    /// <summary>As one process sees it.</summary>
    public HttpMessageHandler Handler() => new Line(this);

    private async Task<HttpResponseMessage> Receive(HttpRequestMessage request)
    {
        requests.Enqueue(clock.GetUtcNow());
        var answer = await Answer(request);
        if (!answer.IsSuccessStatusCode)
            Refusals++;
        answer.RequestMessage = request;
        return answer;
    }

    private sealed class Line(Provider provider) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            provider.Receive(request);
    }
}
