using System.Net;

namespace Podcast.FaultRunner.Clients;

/// <summary>Acts as the owner of accepted episodes: cancels some, retries failed ones, reads all.</summary>
internal sealed class Owner(Caller caller)
{
    /// <summary>Requests the cancellation, which is refused if the episode has already ended.</summary>
    public async Task Cancel(Order order, CancellationToken cancellationToken)
    {
        await caller.Pause(cancellationToken);
        var said = await caller.Post($"/episodes/{order.EpisodeId}/cancel", new { why = "changed my mind" }, $"cancel-{order.Number}", true, () => { }, cancellationToken);
        order.CancelAsked = said is { IsGood: true };
    }

    /// <summary>Waits until the episode has failed, then requests one retry.</summary>
    public async Task Retry(Order order, CancellationToken cancellationToken)
    {
        await Becomes(order, "failed", cancellationToken);
        var said = await caller.Post($"/episodes/{order.EpisodeId}/retry", new { why = "hope" }, $"retry-{order.Number}", true, () => { }, cancellationToken);
        if (said is { IsGood: true })
            order.RetriesAsked++;
    }

    /// <summary>Reads the episode, its history and its transcript, and stores its status.</summary>
    public async Task Read(Order order, CancellationToken cancellationToken)
    {
        foreach (var side in (string[])["/history", "/transcript", ""])
        {
            Said? said;
            while ((said = await caller.Get($"/episodes/{order.EpisodeId}{side}", cancellationToken)) is not { IsForGood: true })
                await caller.Pause(cancellationToken);
            if (side.Length == 0)
                order.Status = said.Status == HttpStatusCode.OK ? said.Json.GetProperty("status").GetString() : $"{(int)said.Status}";
        }
    }

    private async Task Becomes(Order order, string status, CancellationToken cancellationToken)
    {
        while (await caller.Get($"/episodes/{order.EpisodeId}", cancellationToken) is not { IsGood: true } said
            || said.Json.GetProperty("status").GetString() != status)
            await caller.Pause(cancellationToken);
    }
}
