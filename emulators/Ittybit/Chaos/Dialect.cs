using System.Text.Json;
using System.Text.Json.Serialization;

namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>The generations of Ittybit's API that share one host and one path, and no body.</summary>
[JsonConverter(typeof(WordConverter<Dialect>))]
public enum Dialect
{
    /// <summary>2024: data envelope; waiting, processing, ready, error.</summary>
    G0,

    /// <summary>2025-01-01: data envelope; pending, processing, completed, failed.</summary>
    G1,

    /// <summary>2025-08-20, the one that we speak: flat; pending, processing, completed, failed; ISO times.</summary>
    G2,

    /// <summary>Late 2025: <c>inputs[]</c>, <c>outputs[]</c>; waiting, processing, succeeded, failed; Unix seconds.</summary>
    G3,

    /// <summary>2026: <c>input</c> and <c>output</c> are URLs; queued, processing, succeeded, failed; Unix milliseconds.</summary>
    G5,
}

/// <summary>The bodies that webhooks were seen to have.</summary>
[JsonConverter(typeof(WordConverter<WebhookShape>))]
public enum WebhookShape
{
    /// <summary>G0–G2: the task, with <c>output</c>; G3: <see cref="W4"/>; G5: <see cref="W3"/>.</summary>
    Auto,

    /// <summary>The task, flat, with <c>results</c> instead of <c>output</c>.</summary>
    W1,

    /// <summary><c>id, status, kind, output{id,url}</c> or <c>error</c>, as in the podcast tutorial.</summary>
    W2,

    /// <summary>Newest words; <c>input</c> is a URL, <c>output</c> an object.</summary>
    W3,

    /// <summary>An event (<c>evt_…</c>) with the task in <c>data</c>.</summary>
    W4,

    /// <summary>The file's body in <c>results</c>.</summary>
    W5,

    /// <summary>A file, not a task: only the callback's address tells which task.</summary>
    W6,
}

/// <summary>Enums as snake_case words.</summary>
internal sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
