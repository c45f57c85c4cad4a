using Microsoft.Extensions.Logging;

namespace Podcast.Ittybit.Resilience;

internal static partial class Log
{
    /// <summary>Logs only method and path; query strings and bodies may contain secrets.</summary>
    public static void AskedAgain(
        this ILogger logger,
        HttpRequestMessage request,
        Outcome<HttpResponseMessage> outcome,
        TimeSpan wait,
        int repetition,
        int most)
    {
        if (logger.IsEnabled(LogLevel.Warning))
        {
            var reason = outcome.Result is { } response ? $"{(int)response.StatusCode}" : outcome.Exception!.GetType().Name;
            logger.AskedAgain(request.Method.Method, request.RequestUri!.AbsolutePath, reason, wait, repetition, most);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Ittybit {Method} {Path} ended in {Reason}; asking again in {Wait} ({Repetition} of {Most})")]
    private static partial void AskedAgain(
        this ILogger logger, string method, string path, string reason, TimeSpan wait, int repetition, int most);
}
