namespace Podcast.Processing.OutputValidation;

/// <summary>The known facts about an output that is a file.</summary>
/// <param name="Type">The media type that its label states, or null.</param>
/// <param name="Seconds">Its duration, or null.</param>
/// <param name="Bytes">Its size, or null.</param>
/// <param name="Content">The content detected from its first bytes, or null.</param>
internal sealed record OutputFacts(string? Type, double? Seconds, long? Bytes, SniffedContent? Content = null);

/// <summary>Reads an output that is a text, and returns an objection, or null and a note about harmless oddities.</summary>
internal delegate (string? Objection, string? Note) ReadOutput(byte[] content, double? source, OutputOptions options);

/// <summary>What a good output of a kind of task is. Unknown facts are no objection.</summary>
internal sealed record OutputRule(TaskKind Kind)
{
    /// <summary>True: it is as long as the source.</summary>
    public bool IsMedia { get; init; }

    /// <summary>What its first bytes may show.</summary>
    public IReadOnlyList<ContentNature> Natures { get; init; } = [];

    /// <summary>Beginnings of labels that contradict it, where its first bytes are not known.</summary>
    public IReadOnlyList<string> WrongTypes { get; init; } = [];

    /// <summary>The same where they show a container, which may hold video or not.</summary>
    public IReadOnlyList<string> WrongContainerTypes { get; init; } = [];

    /// <summary>The most bytes that it may have; null if it does not matter.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Set if it is downloaded and read as a whole.</summary>
    public ReadOutput? Read { get; init; }

    /// <summary>Returns why a file cannot be used as it is, or null.</summary>
    /// <param name="source">The duration of the source in seconds, or null.</param>
    public string? Objection(OutputFacts facts, double? source, OutputOptions options)
    {
        var (type, seconds, bytes, content) = facts;
        if (bytes == 0)
            return "empty";
        if (bytes > MaxBytes)
            return $"{bytes} bytes large, at most {MaxBytes} are allowed";
        if (content is not null && !Natures.Contains(content.Nature))
            return $"not what it should be, but {content.Name}";

        var wrong = content is null ? WrongTypes : content.Nature == ContentNature.AudioOrVideo ? WrongContainerTypes : [];
        if (type is not null && wrong.Any(beginning => type.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)))
            return $"of type {type}";

        return IsMedia && seconds > 0 && source > 0 && Math.Abs(seconds.Value - source.Value) > options.Tolerance(source.Value)
            ? $"{Seconds(seconds.Value)} s long, the source has {Seconds(source.Value)} s"
            : null;
    }

    public static string Seconds(double seconds) => $"{Math.Round(seconds, 1)}";
}
