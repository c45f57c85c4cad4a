namespace Podcast.Ittybit.Dialects;

/// <summary>Reads lists in all formats that the API has had. Elements that cannot be read are skipped.</summary>
internal static class ListReader
{
    public static IttybitPage<IttybitTask> ReadTasks(JsonElement body)
    {
        var items = Items(body);
        var (tasks, doubtful) = (new List<IttybitTask>(items.Count), new List<IttybitTask>());
        var ours = items.Where(item => Subject.Other(Envelope.Open(item)) is null).ToList();
        foreach (var item in ours)
        {
            if (TaskReader.TryRead(item, out var task, out _) && task!.Id.Length > 0)
                tasks.Add(task);
            else if (TaskReader.Doubtful(item) is { } half)
                doubtful.Add(half);
        }

        var isUnreadable = ours.Count > 0 && ours.Count == items.Count && tasks.Count + doubtful.Count == 0;
        return new(tasks) { Sent = items.Count, Doubtful = doubtful, IsUnreadable = isUnreadable };
    }

    public static IttybitPage<IttybitMedia> ReadMedia(JsonElement body)
    {
        var items = Items(body);
        IttybitMedia[] media = [.. items.Select(MediaReader.TryRead).OfType<IttybitMedia>()];
        return new(media) { Sent = items.Count, IsUnreadable = items.Count > 0 && media.Length == 0 };
    }

    private static List<JsonElement> Items(JsonElement body)
    {
        var content = Envelope.Open(body).Content;
        return content.ValueKind == JsonValueKind.Array
            ? [.. content.EnumerateArray()]
            : throw new JsonException("The body is not a list.");
    }
}
