using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Ittybit.Files;

namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>What every dialect has a word for.</summary>
internal enum TaskState
{
    Pending,
    Processing,
    Completed,
    Failed,
}

/// <summary>A task as it is kept; <see cref="TaskWire"/> says it in a dialect.</summary>
internal sealed record EmulatedTask
{
    /// <summary>The order of creation.</summary>
    [JsonIgnore]
    public long Number { get; init; }

    public required string Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>The flat fields of the request, <c>ref</c> among them, that answers echo.</summary>
    public required JsonObject Options { get; init; }

    public string? Ref { get; init; }

    public Uri? WebhookUrl { get; init; }

    public Uri? SourceUrl { get; init; }

    /// <summary>The source where it is a file of ours.</summary>
    public StoredFile? Input { get; init; }

    public string? Folder { get; init; }

    public string? Filename { get; init; }

    /// <summary>Scheme and host that the creator spoke to: webhooks name files there.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>What the dial decided about it when it was made.</summary>
    public required TaskFate Fate { get; init; }

    public TaskState State { get; init; }

    /// <summary>0 to 100.</summary>
    public int Progress { get; init; }

    public string? Error { get; init; }

    public StoredFile? Output { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>The task as the call that made it answers, whatever it has become.</summary>
    public EmulatedTask AtCreation() =>
        this with { State = TaskState.Pending, Progress = 0, Error = null, Output = null, Finished = null, Updated = Created };

    /// <summary>The task as a reader sees it who lags behind: still processing for a while after its end.</summary>
    public EmulatedTask SeenAt(DateTimeOffset now, TimeSpan lag) =>
        Finished is { } finished && now - finished < lag
            ? this with { State = TaskState.Processing, Progress = Math.Min(Progress, 99), Error = null, Output = null, Finished = null }
            : this;
}
