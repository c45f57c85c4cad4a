using System.Text.Json.Serialization;

namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>The generations of Ittybit's API. They share host and paths, but their bodies are incompatible.</summary>
[JsonConverter(typeof(WordConverter<Dialect>))]
public enum Dialect
{
    /// <summary>2024: data envelope; waiting, processing, ready, error.</summary>
    G0,

    /// <summary>2025-01-01: data envelope; pending, processing, completed, failed.</summary>
    G1,

    /// <summary>2025-08-20, the version of our client: flat; pending, processing, completed, failed; ISO times.</summary>
    G2,

    /// <summary>Late 2025: <c>inputs[]</c>, <c>outputs[]</c>; waiting, processing, succeeded, failed; Unix seconds.</summary>
    G3,

    /// <summary>
    /// 2026: <c>input</c> and <c>output</c> are URLs; queued, processing, succeeded, failed; Unix milliseconds.
    /// </summary>
    G5,
}

/// <summary>The webhook bodies that Ittybit's documentation shows.</summary>
[JsonConverter(typeof(WordConverter<WebhookShape>))]
public enum WebhookShape
{
    /// <summary>G0–G2: the task, with <c>output</c>; G3: <see cref="W4"/>; G5: <see cref="W3"/>.</summary>
    Auto,

    /// <summary>The task, flat, with <c>results</c> instead of <c>output</c>.</summary>
    W1,

    /// <summary><c>id, status, kind, output{id,url}</c> or <c>error</c>, as in the podcast tutorial.</summary>
    W2,

    /// <summary>The task with the status words of G5; <c>input</c> is a URL, <c>output</c> an object.</summary>
    W3,

    /// <summary>An event (<c>evt_…</c>) with the task in <c>data</c>.</summary>
    W4,

    /// <summary><c>id, status, kind</c> and the output file in <c>results</c>.</summary>
    W5,

    /// <summary>The output file instead of the task: only the URL of the callback identifies the task.</summary>
    W6,
}

/// <summary>The requests that answer faults affect.</summary>
[JsonConverter(typeof(WordConverter<AnswerScope>))]
public enum AnswerScope
{
    /// <summary>Every API request.</summary>
    All,

    /// <summary>POST requests only.</summary>
    Creates,

    /// <summary>All requests but POST.</summary>
    Reads,
}

/// <summary>The formats of Retry-After in a 429.</summary>
[JsonConverter(typeof(WordConverter<RetryAfterForm>))]
public enum RetryAfterForm
{
    /// <summary>No Retry-After header.</summary>
    None,

    /// <summary><c>Retry-After: 2</c></summary>
    Seconds,

    /// <summary><c>Retry-After: Thu, 15 Jan 2026 14:32:12 GMT</c></summary>
    Date,
}

/// <summary>Writes and reads enums as snake_case words.</summary>
internal sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
