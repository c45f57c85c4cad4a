namespace Podcast.OperatorsConsole.Pages;

/// <summary>Why messages failed, and the forms that return them or send them again.</summary>
internal static class QueueEndpoint
{
    public static void MapQueues(this RouteGroupBuilder pages)
    {
        pages.MapGet("/queues/{name}", Show);
        pages.MapPost("/queues/{name}/return", Return);
        pages.MapPost("/outbox/{outbox}/{id:long}/send", Send);
    }

    private static async Task<IResult> Show(string name, int? returned, long? left, IPodcastApi api, CancellationToken cancellationToken) =>
        Respond.With<QueuePage>(new()
        {
            [nameof(QueuePage.Failed)] = await api.Queue(name, cancellationToken),
            [nameof(QueuePage.Notice)] = returned is { } count ? Texts.Returned(count, left ?? 0) : null,
        });

    private static async Task<IResult> Return(string name, HttpContext http, IPodcastApi api, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        var answer = await api.ReturnMessages(name, new ActionBody(Forms.Why(form)), Forms.Key(form), cancellationToken);
        return Respond.SeeOther(http, $"/console/queues/{Uri.EscapeDataString(name)}?returned={answer.Count}&left={answer.Left}");
    }

    private static async Task<IResult> Send(
        string outbox, long id, HttpContext http, IPodcastApi api, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        await api.SendAgain(outbox, id, new ActionBody(Forms.Why(form)), Forms.Key(form), cancellationToken);
        return Respond.SeeOther(http, "/console/system#outbox");
    }
}
