namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>Makes valid JSON of another shape than documented.</summary>
internal static class WrongShapes
{
    public static JsonNode Of(JsonNode body, int which)
    {
        if (which >= 2 || body is not JsonObject)
            return which == 2 ? new JsonObject { ["data"] = body.DeepClone() } : new JsonArray(body.DeepClone());

        body["id"] = which == 0 ? null : 42;
        return body;
    }

    /// <returns>The given elements, with others around them that cannot be read as a task, file or media object.</returns>
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
