using System.Text.Json;
using System.Text.Json.Serialization;

namespace Podcast.Ittybit.Client.Dialects;

/// <summary>How the client writes requests and reads answers.</summary>
internal static class IttybitJson
{
    /// <summary>snake_case, nothing for null, and a reader of its own for every model.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new Reader<IttybitTask>(ReadTask),
            new Reader<IReadOnlyList<IttybitTask>>(ReadTasks),
            new Reader<IttybitFile>(FileReader.ReadAnswer),
            new Reader<IttybitMedia>(MediaReader.Read),
            new Reader<IReadOnlyList<IttybitMedia>>(body => [.. Items(body).Select(MediaReader.Read)]),
            new Reader<UploadSignature>(MediaReader.ReadSignature),
        },
    };

    /// <summary>A webhook may bring a file instead of its task; an answer that does has no task in it.</summary>
    private static IttybitTask ReadTask(JsonElement body) =>
        IttybitDialect.ReadTask(body) is { Id.Length: > 0 } task ? task : throw new JsonException("The body is a file, not a task.");

    // One task that cannot be read fails the list: it could be the one that somebody is looking for.
    private static List<IttybitTask> ReadTasks(JsonElement body) =>
        [.. Items(body).Where(item => IttybitDialect.OtherSubject(item) is null).Select(IttybitDialect.ReadTask)
            .Where(task => task.Id.Length > 0)];

    private static JsonElement.ArrayEnumerator Items(JsonElement body)
    {
        var content = Envelope.Open(body).Content;
        return content.ValueKind == JsonValueKind.Array
            ? content.EnumerateArray()
            : throw new JsonException("The body is not a list.");
    }

    private sealed class Reader<T>(Func<JsonElement, T> read) : JsonConverter<T>
    {
        public override bool HandleNull => true;

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var body = JsonDocument.ParseValue(ref reader);
            return read(body.RootElement);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            throw new NotSupportedException($"{typeof(T).Name} is what Ittybit says to us, not the other way round.");
    }
}
