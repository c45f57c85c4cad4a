using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Podcast.FaultRunner.Clients;

/// <summary>Calls the API as a good client does: the same key again until there is an answer.</summary>
internal sealed class Caller(HttpClient api, Random luck)
{
    /// <summary>POSTs until it is answered for good.</summary>
    /// <param name="path">Below the API's address.</param>
    /// <param name="body">What is asked for.</param>
    /// <param name="key">The idempotency key: the same for all tries.</param>
    /// <param name="isPatient">False: one try.</param>
    /// <param name="tried">Called before each try.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The last answer; null when there was none.</returns>
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

    /// <summary>One GET; null when there was no answer.</summary>
    public async Task<Said?> Get(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send(request, cancellationToken);
    }

    /// <summary>Somewhat random, or all clients would come back together.</summary>
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

/// <summary>An answer.</summary>
internal sealed record Said(HttpStatusCode Status, string Body)
{
    public bool IsGood => (int)Status is >= 200 and < 300;

    /// <summary>Asking again would give the same.</summary>
    public bool IsForGood => (int)Status < 500 && Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout);

    public JsonElement Json => JsonElement.Parse(Body);

    public override string ToString() => $"{(int)Status}: {Body}";
}
