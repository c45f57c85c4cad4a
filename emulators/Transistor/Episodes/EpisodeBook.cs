namespace Podcast.Emulators.Transistor;

/// <summary>The life of the episodes: made as drafts, changed, published, taken back.</summary>
internal sealed class EpisodeBook(
    Documents<Episode> episodes, AudioIntake intake, TransistorWebhooks webhooks, IOptions<TransistorEmulatorOptions> options,
    TimeProvider clock)
{
    /// <summary>All of them, with those published whose time has come.</summary>
    public IReadOnlyList<Episode> All => [.. episodes.All.Select(episode => Settle(episode.Id)!)];

    /// <summary>The episode as it is now: published, if its time has come.</summary>
    public Episode? Settle(string id)
    {
        Episode settled;
        lock (episodes.Gate)
        {
            var now = clock.GetUtcNow();
            if (episodes.Find(id) is not { Status: "scheduled" } due || due.PublishedAt > now)
                return episodes.Find(id);
            settled = episodes.Save(id, due.To("published", due.PublishedAt, due.PublishedAt!.Value));
        }

        webhooks.Tell("episode_published", settled);
        return settled;
    }

    public Episode Create(Show show, Dictionary<string, string?> fields, bool incrementNumber)
    {
        Episode made;
        lock (episodes.Gate)
        {
            var now = clock.GetUtcNow();
            made = new Episode(episodes.NextId(), show.Id, [], "draft", null, null, null, now, now, []);
            made = Apply(made, fields, incrementNumber);
        }

        webhooks.Tell("episode_created", made);
        return made;
    }

    public Episode Update(string id, Dictionary<string, string?> fields, bool incrementNumber)
    {
        lock (episodes.Gate)
            return Apply(episodes.Find(id)!, fields, incrementNumber);
    }

    public Episode Publish(string id, string status, DateTimeOffset? publishedAt)
    {
        Episode before, after;
        lock (episodes.Gate)
        {
            before = episodes.Find(id)!;
            var now = clock.GetUtcNow();
            var at = status == "draft" ? null : publishedAt ?? (before.Status == status ? before.PublishedAt : now);
            after = episodes.Save(id, before.To(status, at, now));
        }

        if (after.Status == "published" && before.Status != "published")
            webhooks.Tell("episode_published", after);
        return after;
    }

    private Episode Apply(Episode episode, Dictionary<string, string?> fields, bool incrementNumber)
    {
        var now = clock.GetUtcNow();
        var all = new Dictionary<string, string?>(episode.Fields);
        foreach (var (name, value) in fields)
            all[name] = value;
        var changed = episode with { Fields = all, UpdatedAt = now };
        if (incrementNumber && !fields.ContainsKey("number"))
            all["number"] = NextNumber(changed).ToString(CultureInfo.InvariantCulture);
        if (fields.GetValueOrDefault("video_url") is { Length: > 0 })
            changed = changed with { VideoReadyAt = now + options.Value.ProcessingTime };
        var isNewAudio = fields.GetValueOrDefault("audio_url") is { Length: > 0 } url && url != episode.Audio?.Url;
        if (isNewAudio)
            changed = changed with { Audio = new EpisodeAudio(all["audio_url"]!) };

        episodes.Save(episode.Id, changed);
        if (isNewAudio)
            intake.Begin(changed);
        return changed;
    }

    private int NextNumber(Episode episode) => 1 + episodes.All
        .Where(other => other.Id != episode.Id
            && (other.ShowId, EpisodeFields.Season(other)) == (episode.ShowId, EpisodeFields.Season(episode)))
        .Max(other => EpisodeFields.Number(other.Fields, "number")).GetValueOrDefault();
}
