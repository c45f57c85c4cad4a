using System.Collections.Concurrent;

namespace Podcast.Emulators.Ittybit.Webhooks;

/// <summary>
/// Sends webhooks as signed POST requests. A receiver must answer with 2xx in time; otherwise the webhook is sent again after
/// growing pauses, and then given up. Webhooks that a crash interrupted are sent again.
/// </summary>
internal sealed class WebhookSender(
    WebhookQueue queue, EarlyEnds earlyEnds, IHttpClientFactory clients, IOptions<IttybitEmulatorOptions> options, TimeProvider clock,
    ILogger<WebhookSender> logger) : BackgroundService
{
    public const string Client = "ittybit-emulator-webhooks";

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        queue.Requeue();
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new WorkLoop<Webhook>(
        options.Value.WebhookConcurrency, queue.Claim, Send, queue.UntilNextDue, queue.Changed, clock).Run(stoppingToken);

    private async Task Send(Webhook webhook, CancellationToken stopping)
    {
        var answer = await Post(webhook, stopping);
        if (answer is >= 200 and < 300)
            queue.Ended(webhook, "delivered", answer);
        else if (webhook.Attempts < webhook.AttemptsAllowed)
            queue.TryAgain(webhook, answer, Pause(webhook.Attempts));
        else
            GiveUp(webhook, answer);

        if (webhook is { Stage: WebhookStage.End, Sort: Webhook.Genuine })
            earlyEnds.Told(webhook.TaskId);
    }

    /// <summary>The status code of the answer; null if there was none in time.</summary>
    private async Task<int?> Post(Webhook webhook, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(options.Value.WebhookTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        using var client = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url);
        request.Content = new StringContent(webhook.Body, Encoding.UTF8, "application/json");
        if (webhook.Sort != Webhook.NoSignature)
            request.Headers.Add("Ittybit-Signature", Signature(webhook));

        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return null;
        }
    }

    private string Signature(Webhook webhook)
    {
        var secret = webhook.Sort == Webhook.ForgedSignature ? "somebody else's secret" : options.Value.WebhookSecret;
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(webhook.Body)));
    }

    private TimeSpan Pause(long attempts) => TimeSpan.FromMilliseconds(Math.Min(
        options.Value.WebhookLongestRetry.TotalMilliseconds,
        options.Value.WebhookFirstRetry.TotalMilliseconds * Math.Pow(2, attempts - 1)));

    private void GiveUp(Webhook webhook, int? answer)
    {
        var isOneShot = webhook.AttemptsAllowed == 1;
        if (!isOneShot)
            logger.WebhookGivenUp(webhook.TaskId, webhook.Attempts, answer);
        queue.Ended(webhook, isOneShot ? "refused" : "given_up", answer);
    }
}

/// <summary>Lets the creating request of a task wait until the webhook about its end was sent.</summary>
internal sealed class EarlyEnds(TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    /// <summary>
    /// Call this before the task is created and await the result afterwards. It completes after 10 s at the latest.
    /// </summary>
    public async Task Expect(string taskId, CancellationToken cancellationToken)
    {
        var told = waiting.GetOrAdd(taskId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await told.Task.WaitAsync(Limit, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        waiting.TryRemove(taskId, out _);
    }

    public void Told(string taskId)
    {
        if (waiting.TryGetValue(taskId, out var told))
            told.TrySetResult();
    }
}
