namespace Podcast.Emulators.Ittybit.Kinds;

/// <summary>What an option of a task must be, as Ittybit documents it.</summary>
internal sealed record OptionRule(string Name, string Wanted, Func<TaskOptions, bool> Holds)
{
    public static readonly OptionRule[] Excerpt = [Between("start", 0, 1_000_000), Between("end", 0, 1_000_000)];

    public static OptionRule OneOf(string name, params string[] words) =>
        new(name, "one of " + string.Join(", ", words), options => words.Contains(options.Text(name)));

    public static OptionRule Between(string name, double least, double most) => new(
        name,
        string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"),
        options => options.Number(name) is { } number && number >= least && number <= most);

    public static OptionRule AnyText(string name) => new(name, "a text", options => options.Text(name) is not null);

    /// <summary>The refusal of the options; null if they are valid.</summary>
    public ApiAnswer? Refusal(JsonObject options)
    {
        var word = Name is "format" or "codec" ? "format_unsupported" : "request_invalid";
        return options[Name] is null || Holds(new TaskOptions(options))
            ? null
            : new ApiAnswer.Error(StatusCodes.Status400BadRequest, word, $"{Name} must be {Wanted}.");
    }
}

/// <summary>Typed access to the options of a task.</summary>
internal readonly struct TaskOptions(JsonObject options)
{
    public string? Text(string name) => options[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public double? Number(string name) => options[name] is JsonValue value && value.TryGetValue(out double number) ? number : null;

    public int? Integer(string name) => (int?)Number(name);
}
