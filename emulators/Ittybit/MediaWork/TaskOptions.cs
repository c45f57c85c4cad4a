namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>Typed access to the options of a task. <see cref="OptionRules"/> validates them when the task is created.</summary>
internal readonly struct TaskOptions(JsonObject options)
{
    public string? Text(string name) => options[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public double? Number(string name) => options[name] is JsonValue value && value.TryGetValue(out double number) ? number : null;

    public int? Integer(string name) => Number(name) is { } number ? (int)number : null;
}
