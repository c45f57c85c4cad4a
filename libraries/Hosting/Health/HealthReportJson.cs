using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Podcast.Hosting.Health;

/// <summary>
/// The response of <c>/health</c>: <c>{"status":"unhealthy","checks":{"bus":{"status":"unhealthy","reason":"…"}}}</c>. Reasons
/// are our own texts; exception messages are left out, because they may contain secrets.
/// </summary>
internal static class HealthReportJson
{
    public static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = Word(report.Status),
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new { status = Word(entry.Value.Status), reason = Reason(entry.Key, entry.Value) }),
        },
        options,
        context.RequestAborted);

    private static readonly JsonSerializerOptions options = new(JsonSerializerOptions.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private static string? Reason(string name, HealthReportEntry entry) =>
        entry.Status == HealthStatus.Healthy ? null
        : entry.Exception is null ? entry.Description
        : $"{name} failed ({entry.Exception.GetBaseException().GetType().Name})";

    private static string Word(HealthStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}
