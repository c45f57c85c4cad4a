using System.Net;
using Podcast.Contracts;

namespace Podcast.WebhookGateway;

/// <summary>All log messages of the gateway. They contain no bodies, tokens or signatures.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information,
        "Received {Status} of {Task}, attempt {Attempt}, of episode {EpisodeId} (Ittybit task {IttybitTaskId})")]
    public static partial void CallbackReceived(
        this ILogger logger, string status, TaskKind task, int attempt, Guid episodeId, string ittybitTaskId);

    [LoggerMessage(LogLevel.Information, "Received {Status} of Ittybit task {IttybitTaskId}")]
    public static partial void ReportReceived(this ILogger logger, string status, string ittybitTaskId);

    [LoggerMessage(LogLevel.Information, "Took note of a delivery about {Subject}, which is no task")]
    public static partial void OtherSubjectReceived(this ILogger logger, string subject);

    [LoggerMessage(Message = "Rejected a delivery on {Route} from {Address}: {Reason} ({StatusCode})")]
    public static partial void DeliveryRejected(
        this ILogger logger, LogLevel level, string route, IPAddress? address, string reason, int statusCode);

    [LoggerMessage(LogLevel.Warning, "The broker did not take a delivery: {Error}")]
    public static partial void BrokerRefused(this ILogger logger, string error);
}
