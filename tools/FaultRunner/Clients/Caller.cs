using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Podcast.FaultRunner.Clients;

/// <summary>
/// Calls the API as a correct client does: it repeats a request with the same idempotency key until there is a final answer.
/// </summary>
internal sealed class Caller(HttpClient api, Random luck)
{
    /// <summary>Repeats a POST until its answer is final (<see cref="Said.IsForGood"/>).</summary>
    /// <param name="path">The path, relative to the API's address.</param>
    /// <param name="body">The JSON body.</param>
    /// <param name="key">The idempotency key: the same for all tries.</param>
    /// <param name="isPatient">False: try once.</param>
    /// <param name="tried">Called before each try.</param>
    /// <param name="cancellationToken">Cancels the call and the retries.</param>
    /// <returns>The last answer; null if the last try got none.</returns>
    public async Task<Said?> Post(string path, object body, string key, bool isPatient, Action tried, CancellationToken cancellationToken)
    {
        while (true)
        {
            tried();
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", key);
            var said = await Send(request, cancellationToken);
            if (said is { IsForGood: true } || !isPatient)
                return said;
            await Pause(cancellationToken);
        }
    }

    /// <summary>Repeats a PUT until it is accepted.</summary>
    public async Task Put(string path, object body, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
            var said = await Send(request, cancellationToken);
            if (said is { IsGood: true })
                return;
            if (said is { IsForGood: true })
                throw new InvalidOperationException($"{path} was refused: {said}");
            await Pause(cancellationToken);
        }
    }

    /// <summary>Sends one GET; null if there was no answer.</summary>
    public async Task<Said?> Get(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send(request, cancellationToken);
    }

    /// <summary>Waits 0.3 s to 1.3 s. The time is random, so that clients do not all retry at once.</summary>
    public Task Pause(CancellationToken cancellationToken)
    {
        double chance;
        lock (luck) chance = luck.NextDouble();
        return Task.Delay(TimeSpan.FromSeconds(0.3 + chance), cancellationToken);
    }

    private async Task<Said?> Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await api.SendAsync(request, cancellationToken);
            return new Said(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception nothing) when (!cancellationToken.IsCancellationRequested && nothing is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }
}

/// <summary>An HTTP answer.</summary>
internal sealed record Said(HttpStatusCode Status, string Body)
{
    public bool IsGood => (int)Status is >= 200 and < 300;

    /// <summary>True if repeating the request would give the same answer: any status below 500 but 429 and 408.</summary>
    public bool IsForGood => (int)Status < 500 && Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout);

    public JsonElement Json => JsonElement.Parse(Body);

    public override string ToString() => $"{(int)Status}: {Body}";
}
