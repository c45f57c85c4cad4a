namespace Podcast.Ittybit.Dialects;

/// <summary>Reads Ittybit's errors in all formats that its API has had.</summary>
/// <param name="Code">A machine-readable code, such as <c>request_invalid</c>.</param>
/// <param name="Message">The message as Ittybit sent it, not redacted.</param>
internal sealed record ErrorReader(string? Code, string? Message)
{
    /// <summary>
    /// Reads the error of a response: <c>{kind, message}</c>, <c>{error: {message}}</c>, <c>{error: "…"}</c>, problem+json.
    /// </summary>
    public static ErrorReader? Read(JsonElement body)
    {
        var own = body.Text("message", "detail", "title") is null ? null : Of(body);
        var inner = body.Member("error") is { } error ? Of(error) : null;
        var listed = body.Items("errors").Select(Of).FirstOrDefault();

        // In {error: "payment_required", message: "…"} the field "error" is the code.
        return inner is { Code: null } && own is not null && IsWord(inner.Message)
            ? new ErrorReader(inner.Message, own.Message)
            : inner ?? own ?? listed;
    }

    /// <summary>
    /// The error of a task for display: its code, if any, and its message, redacted (no query strings of addresses, tokens or
    /// keys).
    /// </summary>
    public static string? ReadTaskError(JsonElement task)
    {
        if (task.Member("error") is not { } element || Of(element) is not { } error)
            return null;

        var text = error switch
        {
            { Code: null } => error.Message!,
            { Message: null } => error.Code,
            _ => $"{error.Code}: {error.Message}",
        };
        return Redactor.Line(text);
    }

    private static ErrorReader? Of(JsonElement error)
    {
        if (error.AsText() is { } text)
            return new ErrorReader(null, text);

        var read = new ErrorReader(
            IsWord(error.Text("kind", "code", "type")) ? error.Text("kind", "code", "type") : null,
            error.Text("message", "detail", "title", "error"));
        return read is { Code: null, Message: null } ? null : read;
    }

    private static bool IsWord(string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
}
