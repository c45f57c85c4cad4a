using System.Text.Json.Serialization;

namespace Podcast.Ittybit.Dialects;

/// <summary>How the client serialises requests and deserialises responses.</summary>
internal static class IttybitJson
{
    /// <summary>Writes snake_case and omits null; reads each model with its own tolerant reader.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new Reader<IttybitTask>(ReadTask),
            new Reader<IttybitPage<IttybitTask>>(ListReader.ReadTasks),
            new Reader<IttybitFile>(FileReader.ReadAnswer),
            new Reader<IttybitMedia>(MediaReader.Read),
            new Reader<IttybitPage<IttybitMedia>>(ListReader.ReadMedia),
            new Reader<UploadSignature>(MediaReader.ReadSignature),
        },
    };

    /// <summary>Rejects a file: webhooks may contain a file instead of a task, but a response must contain a task.</summary>
    private static IttybitTask ReadTask(JsonElement body) =>
        IttybitDialect.ReadTask(body) is { Id.Length: > 0 } task
            ? task
            : throw new JsonException("The body is a file, not a task.");

    private sealed class Reader<T>(Func<JsonElement, T> read) : JsonConverter<T>
    {
        public override bool HandleNull => true;

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var body = JsonDocument.ParseValue(ref reader);
            return read(body.RootElement.Mended());
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            throw new NotSupportedException($"{typeof(T).Name} is what Ittybit says to us, not the other way round.");
    }
}
