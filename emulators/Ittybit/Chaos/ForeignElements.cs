namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>Adds elements to a list that cannot be read as a task, file or media object.</summary>
internal static class ForeignElements
{
    /// <returns>The given elements, with unreadable ones before and after them.</returns>
    public static JsonArray Around(JsonArray items) =>
        [null, 42, "task_text", OtherTypes(), .. items.Select(item => item?.DeepClone()), new JsonObject(), new JsonArray()];

    private static JsonObject OtherTypes() => new()
    {
        ["id"] = 7,
        ["object"] = new JsonArray("task"),
        ["kind"] = new JsonObject { ["name"] = "hologram" },
        ["status"] = 17,
        ["progress"] = "half",
        ["error"] = true,
        ["created"] = "yesterday",
        ["output"] = "none",
        ["ref"] = new JsonObject { ["of"] = "somebody" },
        ["metadata"] = 3,
    };
}
