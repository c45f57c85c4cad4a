namespace Podcast.Emulators.Transistor;

/// <summary>The shows: those of the options, as the API has changed them.</summary>
internal sealed class ShowBook
{
    private readonly Documents<Show> shows;
    private readonly TimeProvider clock;

    public ShowBook(Documents<Show> shows, IOptions<TransistorEmulatorOptions> options, TimeProvider clock)
    {
        (this.shows, this.clock) = (shows, clock);
        var now = clock.GetUtcNow();
        TransistorShow[] configured = options.Value.Shows is { Length: > 0 } given
            ? given
            : [new TransistorShow { Id = "1", Slug = "the-show", Title = "The Show" }];
        foreach (var settings in configured)
            shows.Save(settings.Id, (shows.Find(settings.Id) ?? new Show(settings, [], now, now)) with { Settings = settings });
    }

    public IEnumerable<Show> All(Caller caller) => shows.All.Where(show => caller.Sees(show.Id)).OrderByDescending(show => show.UpdatedAt);

    /// <param name="id">Its id or slug.</param>
    public Show? Find(string? id, Caller caller) => All(caller).FirstOrDefault(show => show.Id == id || show.Settings.Slug == id);

    public Show Of(Episode episode) => shows.Find(episode.ShowId)!;

    public Show Update(string id, Dictionary<string, string?> fields)
    {
        lock (shows.Gate)
        {
            var show = shows.Find(id)!;
            var changed = new Dictionary<string, string?>(show.Fields);
            foreach (var (name, value) in fields.Where(field => Show.Writable.Contains(field.Key)))
                changed[name] = value;
            return shows.Save(id, show with { Fields = changed, UpdatedAt = clock.GetUtcNow() });
        }
    }
}
