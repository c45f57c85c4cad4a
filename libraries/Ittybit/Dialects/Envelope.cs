namespace Podcast.Ittybit.Dialects;

/// <summary>Removes the envelope around a resource: <c>meta/data/links</c> (2024), events (late 2025), both, or none.</summary>
/// <param name="Content">The resource.</param>
/// <param name="Event">The name of the event that carried it, such as <c>task.succeeded</c>; null if there was none.</param>
internal readonly record struct Envelope(JsonElement Content, string? Event)
{
    private const int Deepest = 4;
    private static readonly string[] EventNames = ["kind", "event", "type"];

    /// <summary>The first half of the event: <c>task</c>, <c>run</c>, <c>media</c> …</summary>
    public string? EventSubject => Event?.Split('.')[0];

    /// <summary>The second half of the event: <c>succeeded</c>, <c>created</c> …</summary>
    public string? EventWord => Event is not null && Event.Split('.') is [_, { Length: > 0 } word] ? word : null;

    public static Envelope Open(JsonElement body)
    {
        string? name = null;
        for (var depth = 0; depth < Deepest && IsWrapper(body); depth++)
        {
            name ??= EventName(body);
            body = body.GetProperty("data");
        }

        return new Envelope(body, name);
    }

    private static bool IsWrapper(JsonElement body) =>
        body.Member("data") is { ValueKind: JsonValueKind.Object or JsonValueKind.Array }
        && (IsEvent(body) || body.Text("status") is null);

    private static bool IsEvent(JsonElement body) =>
        body.Text("object") == "event" || body.Text("id")?.StartsWith("evt_", StringComparison.Ordinal) == true;

    private static string? EventName(JsonElement body) =>
        EventNames
            .Select(name => body.Text(name))
            .FirstOrDefault(name => name?.Contains('.', StringComparison.Ordinal) == true);
}
