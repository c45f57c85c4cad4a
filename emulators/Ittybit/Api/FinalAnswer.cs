namespace Podcast.Emulators.Ittybit.Api;

/// <summary>The response that is sent, faulty or not, with the facts that the ledger records about it.</summary>
internal abstract record FinalAnswer(int? Status, string? Fault, string? TaskId) : IResult
{
    public abstract Task ExecuteAsync(HttpContext httpContext);

    public static FinalAnswer Of(ApiAnswer answer, Dialect dialect, HttpRequest request, string? fault = null) => new Json(
        answer.Status, Envelope.Wrap(answer, dialect, request), fault, answer.TaskId, Envelope.Headers(answer, dialect, request));

    /// <summary>A correct, complete response.</summary>
    internal sealed record Json(int Code, JsonNode Body, string? Fault, string? TaskId, IHeaderDictionary? Headers = null)
        : FinalAnswer(Code, Fault, TaskId)
    {
        public override Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Code;
            foreach (var (name, value) in Headers ?? new HeaderDictionary())
                httpContext.Response.Headers[name] = value;
            return Write(httpContext, Body, whole: true);
        }
    }

    /// <summary>The first half of a response: either complete as HTTP, or followed by a reset of the connection.</summary>
    internal sealed record Half(int Code, JsonNode Body, bool Reset, string Fault, string? TaskId) : FinalAnswer(Code, Fault, TaskId)
    {
        public override async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Code;
            if (Reset)
                httpContext.Response.ContentLength = Encoding.UTF8.GetByteCount(WireJson.Text(Body));
            await Write(httpContext, Body, whole: false);
            if (!Reset)
                return;
            await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);
            httpContext.Abort();
        }
    }

    /// <summary>An HTML page, as a proxy between the client and Ittybit might send it.</summary>
    internal sealed record Page(string Fault, string? TaskId) : FinalAnswer(StatusCodes.Status200OK, Fault, TaskId)
    {
        public override Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            return httpContext.Response.WriteAsync(
                "<!doctype html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>", httpContext.RequestAborted);
        }
    }

    /// <summary>No response: the connection is closed after <see cref="Hold"/>.</summary>
    internal sealed record Silence(TimeSpan Hold, TimeProvider Clock, string Fault, string? TaskId) : FinalAnswer(Status: null, Fault, TaskId)
    {
        public override async Task ExecuteAsync(HttpContext httpContext)
        {
            if (Hold > TimeSpan.Zero)
                await Task.Delay(Hold, Clock, httpContext.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            httpContext.Abort();
        }
    }

    private static Task Write(HttpContext http, JsonNode body, bool whole)
    {
        var text = WireJson.Text(body);
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(whole ? text : text[..(text.Length / 2)], http.RequestAborted);
    }
}
