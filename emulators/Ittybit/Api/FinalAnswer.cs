using System.Text.Encodings.Web;

namespace Podcast.Emulators.Ittybit.Api;

/// <summary>The response that is sent, faulty or not, with the facts that the ledger records about it.</summary>
/// <param name="Status">Null if there is no response.</param>
internal sealed record FinalAnswer(int? Status, string? Fault, string? TaskId, Func<HttpContext, Task> Send) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status ?? StatusCodes.Status200OK;
        return Send(httpContext);
    }

    /// <summary>The correct response.</summary>
    public static FinalAnswer Of(ApiAnswer answer, Dialect dialect, HttpRequest request, string? fault = null) => new(
        answer.Status,
        fault,
        answer.TaskId,
        http =>
        {
            foreach (var (name, value) in Envelope.Headers(answer, dialect, request))
                http.Response.Headers[name] = value;
            return Write(http, WireJson.Text(Envelope.Wrap(answer, dialect, request)));
        });

    /// <summary>Another body than that of the answer, without its headers.</summary>
    public static FinalAnswer Other(ApiAnswer answer, JsonNode body, string fault) =>
        new(answer.Status, fault, answer.TaskId, http => Write(http, WireJson.Text(body)));

    /// <summary>The first half of a response: either complete as HTTP, or followed by a reset of the connection.</summary>
    public static FinalAnswer Half(ApiAnswer answer, JsonNode body, bool isReset, string fault) => new(
        answer.Status,
        fault,
        answer.TaskId,
        async http =>
        {
            var text = WireJson.Text(body);
            if (isReset)
                http.Response.ContentLength = Encoding.UTF8.GetByteCount(text);
            await Write(http, text[..(text.Length / 2)]);
            if (!isReset)
                return;
            await http.Response.Body.FlushAsync(http.RequestAborted);
            http.Abort();
        });

    /// <summary>An HTML page, as a proxy between the client and Ittybit might send it.</summary>
    public static FinalAnswer Page(ApiAnswer answer, string fault) => new(StatusCodes.Status200OK, fault, answer.TaskId, http => Write(
        http, "<!doctype html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>", "text/html"));

    /// <summary>No response: the connection is closed after <paramref name="hold"/>.</summary>
    public static FinalAnswer Silence(ApiAnswer answer, TimeSpan hold, TimeProvider clock, string fault) => new(
        Status: null,
        fault,
        answer.TaskId,
        async http =>
        {
            if (hold > TimeSpan.Zero)
                await Task.Delay(hold, clock, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            http.Abort();
        });

    private static Task Write(HttpContext http, string text, string type = "application/json")
    {
        http.Response.ContentType = type + "; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}

/// <summary>Writes JSON as other services do: <c>&amp;</c> in URLs and non-ASCII letters are not escaped.</summary>
internal static class WireJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode json) => json.ToJsonString(Options);
}
