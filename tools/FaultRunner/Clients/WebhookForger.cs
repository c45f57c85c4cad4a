using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Podcast.FaultRunner.Clients;

/// <summary>Sends webhooks to the gateway without knowing the secrets. All of them must be refused and change nothing.</summary>
internal sealed class WebhookForger(HttpClient gateway, IReadOnlyList<Order> orders, Random luck)
{
    /// <summary>The prefix of the forged task ids, by which the checker finds them.</summary>
    public const string TaskPrefix = "task_forged";

    private readonly ConcurrentQueue<(string What, int? Status)> answers = [];
    private int number;

    /// <summary>The forged requests and the status of each answer; null if there was none.</summary>
    public IReadOnlyCollection<(string What, int? Status)> Answers => answers;

    public async Task Work(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.5 + luck.NextDouble() * 2), cancellationToken);
                await Once(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private Task Once(CancellationToken cancellationToken)
    {
        var episode = orders[luck.Next(orders.Count)].EpisodeId ?? Guid.NewGuid();
        var id = $"{TaskPrefix}{++number}";
        var body = $$"""{"id":"{{id}}","kind":"audio","status":"failed","error":"a lie"}""";
        var callback = $"/webhooks/ittybit/{episode}/audio_extraction/1/";
        return luck.Next(6) switch
        {
            0 => Send("plain, not signed", "/webhooks/ittybit", body, null, cancellationToken),
            1 => Send("plain, signed with another secret", "/webhooks/ittybit", body, Sign(body, "not the secret"), cancellationToken),
            2 => Send("callback with a wrong token", callback + "c3VyZWx5bm90", body, Sign(body, "not the secret"), cancellationToken),
            3 => Send("callback without a token", callback, body, null, cancellationToken),
            4 => Send("too large", "/webhooks/ittybit", body + new string(' ', 2 * 1024 * 1024), Sign(body, "not the secret"), cancellationToken),
            _ => Send("not JSON", callback + "AAAA", "<html>", "sha256=00", cancellationToken),
        };
    }

    private async Task Send(string what, string path, string body, string? signature, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
            request.Headers.Add("Ittybit-Signature", signature);
        try
        {
            using var answer = await gateway.SendAsync(request, cancellationToken);
            answers.Enqueue((what, (int)answer.StatusCode));
        }
        catch (Exception nothing) when (nothing is HttpRequestException or IOException or TaskCanceledException)
        {
            answers.Enqueue((what, null));
        }
    }

    private static string Sign(string body, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));
}
