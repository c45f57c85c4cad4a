using System.Text.Json;

namespace Podcast.Ittybit.Client.Dialects;

/// <summary>Lists of any generation, element by element: one that cannot be read is left out.</summary>
internal static class ListReader
{
    public static IttybitPage<IttybitTask> ReadTasks(JsonElement body)
    {
        var items = Items(body);
        var (tasks, doubtful) = (new List<IttybitTask>(items.Count), new List<IttybitTask>());
        foreach (var item in items.Where(item => Subject.Other(Envelope.Open(item)) is null))
        {
            if (TaskReader.TryRead(item, out var task, out _) && task!.Id.Length > 0)
                tasks.Add(task);
            else if (TaskReader.Doubtful(item) is { } half)
                doubtful.Add(half);
        }

        return new(tasks) { Sent = items.Count, Doubtful = doubtful };
    }

    public static IttybitPage<IttybitMedia> ReadMedia(JsonElement body)
    {
        var items = Items(body);
        return new([.. items.Select(MediaReader.TryRead).OfType<IttybitMedia>()]) { Sent = items.Count };
    }

    private static List<JsonElement> Items(JsonElement body)
    {
        var content = Envelope.Open(body).Content;
        return content.ValueKind == JsonValueKind.Array
            ? [.. content.EnumerateArray()]
            : throw new JsonException("The body is not a list.");
    }
}
