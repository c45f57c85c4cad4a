using System.Net;
using System.Text.Json;
using Refit;

namespace Podcast.OperatorsConsole.Api;

/// <summary>Why the API did not do what it was asked for, in words for the page.</summary>
/// <param name="Status">The status that the page gets.</param>
/// <param name="Title">What happened.</param>
/// <param name="Detail">What the API says about it; null if it says nothing.</param>
public sealed record ApiProblem(int Status, string Title, string? Detail)
{
    /// <summary>Null if the exception does not come from a call to the API.</summary>
    public static ApiProblem? Of(Exception exception) => exception switch
    {
        ApiException refused => new((int)refused.StatusCode, TitleOf(refused.StatusCode), DetailOf(refused.Content)),
        HttpRequestException or TaskCanceledException { InnerException: TimeoutException } =>
            new(StatusCodes.Status503ServiceUnavailable, Texts.ApiIsAway, null),
        _ => null,
    };

    private static string TitleOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => Texts.TokenIsRefused,
        HttpStatusCode.Forbidden => Texts.MayNot,
        HttpStatusCode.NotFound => Texts.NotFound,
        HttpStatusCode.Conflict => Texts.NotPossibleNow,
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => Texts.NotAccepted,
        HttpStatusCode.ServiceUnavailable => Texts.ApiIsBusy,
        _ => Texts.ApiFailed((int)status),
    };

    /// <summary>The detail of a problem+json (RFC 9457), with the errors of its fields.</summary>
    private static string? DetailOf(string? content)
    {
        try
        {
            using var problem = JsonDocument.Parse(content ?? "");
            var detail = problem.RootElement.TryGetProperty("detail", out var text) ? text.GetString() : null;
            if (detail is null && problem.RootElement.TryGetProperty("errors", out var errors))
                detail = string.Join(' ', errors.EnumerateObject().Select(error => $"{error.Name} {error.Value[0].GetString()}"));
            return string.IsNullOrWhiteSpace(detail) ? null : detail;
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null; // not ours, such as a proxy's page
        }
    }
}
