namespace Podcast.Ingest.Api.Requests;

/// <summary>
/// Reads a JSON object field by field and continues after an error, so that the answer lists all errors. Unknown fields are
/// errors too: a misspelt optional field would otherwise be ignored silently.
/// </summary>
internal sealed class RequestFields(JsonElement body)
{
    private readonly HashSet<string> known = [];
    private readonly Dictionary<string, List<string>> errors = [];

    /// <summary>All errors by field. Call it last, because it reports fields that were never read as unknown.</summary>
    public IDictionary<string, string[]> Errors()
    {
        foreach (var field in body.EnumerateObject().CountBy(field => field.Name))
        {
            if (!known.Contains(field.Key))
                AddError(field.Key.Length > 100 ? field.Key[..100] : field.Key, "is not a field of this request.");
            else if (field.Value > 1)
                AddError(field.Key, "is there more than once.");
        }

        return errors.ToDictionary(error => error.Key, error => error.Value.ToArray());
    }

    public void AddError(string field, string why)
    {
        if (!errors.TryGetValue(field, out var reasons))
            errors[field] = reasons = [];
        reasons.Add(why);
    }

    /// <summary>A required text, trimmed; <paramref name="lines"/> allows line breaks and tabs.</summary>
    public string Text(string field, int longest, bool lines = false)
    {
        if (!Find(field, out var value))
            AddError(field, "is required.");
        else if (Check(field, value, longest, lines) is { } text)
        {
            if (text.Length > 0)
                return text;
            AddError(field, "must not be empty.");
        }

        return "";
    }

    /// <summary>An optional text, trimmed; null if it is missing or empty.</summary>
    public string? OptionalText(string field, int longest, bool lines = false) =>
        Find(field, out var value) && Check(field, value, longest, lines) is { Length: > 0 } text ? text : null;

    public long WholeNumber(string field, long smallest, long largest)
    {
        if (!Find(field, out var value))
            AddError(field, "is required.");
        else if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
            AddError(field, "must be a whole number.");
        else if (number < smallest || number > largest)
            AddError(field, $"must be from {smallest} to {largest}.");
        else
            return number;

        return smallest;
    }

    public bool Flag(string field)
    {
        if (!Find(field, out var value))
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            AddError(field, "must be true or false.");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>Task names without duplicates; null if the field is missing.</summary>
    public IReadOnlyList<TaskKind>? Tasks(string field)
    {
        if (!Find(field, out var value))
            return null;

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            AddError(field, $"must be a list of one or more of {TaskNames.All}.");
            return null;
        }

        var kinds = new List<TaskKind>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (!TryGetText(item, out var word) || TaskNames.Parse(word) is not { } kind)
                AddError($"{field}[{index}]", $"must be one of {TaskNames.All}.");
            else if (kinds.Contains(kind))
                AddError($"{field}[{index}]", $"asks for {kind.WireName()} a second time.");
            else
                kinds.Add(kind);

            if (index == 20)
                break;
        }

        return kinds;
    }

    private string? Check(string field, JsonElement value, int longest, bool lines)
    {
        if (!TryGetText(value, out var text))
            AddError(field, "must be a text.");
        else if (text.Length > longest)
            AddError(field, $"is longer than {longest} characters.");
        else if (text.Any(c => char.IsControl(c) && !(lines && c is '\r' or '\n' or '\t')))
            AddError(field, "must not contain control characters.");
        else
            return text;

        return null;
    }

    private bool Find(string field, out JsonElement value)
    {
        known.Add(field);
        return body.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private static bool TryGetText(JsonElement value, out string text)
    {
        text = "";
        try
        {
            if (value.ValueKind != JsonValueKind.String)
                return false;
            text = value.GetString()!.Trim();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // not valid UTF-8, or an unpaired surrogate
        }
    }
}
