using Microsoft.AspNetCore.Http;

namespace Podcast.Testing;

/// <summary>What the server that plays Ittybit can do.</summary>
public static class Reply
{
    public static RequestDelegate Json(string body, int status = 200, params (string Name, string Value)[] headers) =>
        Content("application/json", body, status, headers);

    public static RequestDelegate Content(string? type, string body, int status = 200, params (string Name, string Value)[] headers) => http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        foreach (var (name, value) in headers)
            http.Response.Headers[name] = value;
        return http.Response.WriteAsync(body);
    };

    /// <summary>The same for any bytes; a request for a range gets the whole, as from many servers.</summary>
    public static RequestDelegate Bytes(string? type, byte[] body, params (string Name, string Value)[] headers) => async http =>
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        foreach (var (name, value) in headers)
            http.Response.Headers[name] = value;
        await http.Response.Body.WriteAsync(body);
    };

    public static RequestDelegate Redirect(string to) => http =>
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    };

    /// <summary>Announces more than it sends: the server hangs up.</summary>
    public static RequestDelegate CutShort(string type, string body) => async http =>
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length + 100;
        await http.Response.WriteAsync(body);
        await http.Response.Body.FlushAsync();
    };

    public static RequestDelegate HangUp { get; } = http =>
    {
        http.Abort();
        return Task.CompletedTask;
    };

    public static RequestDelegate Silence { get; } = async http =>
        await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    public static RequestDelegate After(Task cause, RequestDelegate reply) => async http =>
    {
        await cause;
        await reply(http);
    };
}
