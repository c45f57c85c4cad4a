namespace Podcast.Emulators.Transistor;

/// <summary>A show, with the fields that were changed by the API.</summary>
internal sealed record Show(TransistorShow Settings, Dictionary<string, string?> Fields, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>What <c>PATCH</c> may change.</summary>
    public static readonly string[] Writable =
    [
        "author", "category", "copyright", "description", "explicit", "image_url", "keywords", "language", "owner_email",
        "secondary_category", "show_type", "title", "time_zone", "website",
    ];

    public string Id => Settings.Id;

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Fields.GetValueOrDefault("time_zone") ?? Settings.TimeZone);

    public JsonApi.Resource Write(string baseUrl)
    {
        var attributes = new JsonObject();
        foreach (var name in Writable)
            attributes[name] = Fields.GetValueOrDefault(name);
        attributes["title"] ??= Settings.Title;
        attributes["time_zone"] ??= Settings.TimeZone;
        attributes["show_type"] ??= "episodic";
        attributes["language"] ??= "en";
        attributes["explicit"] = Fields.GetValueOrDefault("explicit") is "true" or "1";
        attributes["slug"] = Settings.Slug;
        attributes["feed_url"] = $"{baseUrl}/feeds/{Settings.Slug}";
        attributes["private"] = false;
        attributes["created_at"] = JsonApi.Time(CreatedAt);
        attributes["updated_at"] = JsonApi.Time(UpdatedAt);
        return new JsonApi.Resource("show", Id, attributes);
    }
}
