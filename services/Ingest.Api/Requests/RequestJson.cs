using Podcast.Redaction;

namespace Podcast.Ingest.Api.Requests;

/// <summary>
/// Reads request bodies more strictly than minimal APIs do: unknown fields are errors, since a misspelt optional field would
/// otherwise be ignored silently, and errors name the field as the caller wrote it. Texts are trimmed; an empty one counts as
/// missing.
/// </summary>
internal static class RequestJson
{
    private static readonly JsonSerializerOptions strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Converters = { new TrimmedText() },
    };

    /// <summary>Returns the body if it satisfies its annotations, else the problem response.</summary>
    public static async Task<(TBody? Body, IResult? Refusal)> Read<TBody>(HttpContext http, bool mayBeEmpty)
        where TBody : class
    {
        try
        {
            using var bytes = new MemoryStream();
            await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
            var body = JsonSerializer.Deserialize<TBody>(bytes.Length == 0 && mayBeEmpty ? "{}"u8 : bytes.ToArray(), strict)
                ?? throw new JsonException();
            var errors = RequestErrors.Of(body, http.RequestServices);
            return errors.Count == 0 ? (body, null) : (null, TypedResults.ValidationProblem(errors));
        }
        catch (JsonException bad)
        {
            return (null, Refuse<TBody>(bad));
        }
        catch (BadHttpRequestException refused)
        {
            return (null, TypedResults.Problem(statusCode: refused.StatusCode, detail: refused.Message));
        }
    }

    /// <summary>A 400 for one field.</summary>
    public static ValidationProblem Invalid(string field, string why) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [why] });

    private static IResult Refuse<TBody>(JsonException bad)
    {
        var field = bad.Path?.TrimStart('$', '.') ?? "";
        var place = $"line {(bad.LineNumber ?? 0) + 1}, byte {(bad.BytePositionInLine ?? 0) + 1}";
        if (field.Length == 0)
            return TypedResults.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: "Malformed request",
                detail: $"The body must be a JSON object: see {place}.");

        return Invalid(
            Redactor.Cut(field, 100),
            IsKnown(typeof(TBody), field.Split('.'))
                ? $"has a wrong type, is there twice, or is no valid JSON: see {place}."
                : "is not a field of this request.");
    }

    private static bool IsKnown(Type type, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
            return true;

        var name = path[0].Split('[')[0];
        var fields = strict.GetTypeInfo(type.GenericTypeArguments.FirstOrDefault() ?? type).Properties; // of the items, if it is a list
        return fields.FirstOrDefault(field => field.Name == name) is { } known && IsKnown(known.PropertyType, path[1..]);
    }

    private sealed class TrimmedText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString()?.Trim() is { Length: > 0 } text ? text : null;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
