namespace Podcast.ShowNotes;

/// <summary>How a show writes its titles and descriptions; see <see cref="TextPattern"/>.</summary>
public sealed record ShowTexts
{
    /// <summary>The name of the show, <c>{show}</c>.</summary>
    public required string Show { get; init; }

    public string YouTubeTitle { get; init; } = "{title}";
    public string YouTubeDescription { get; init; } = "{description}\n\n{chapters}";

    /// <summary>YouTube's tags; they take placeholders, too.</summary>
    public IReadOnlyList<string> YouTubeTags { get; init; } = [];

    public string TransistorTitle { get; init; } = "{title}";

    /// <summary>Empty: none is sent.</summary>
    public string TransistorSummary { get; init; } = "";

    /// <summary>Plain text; it is sent as HTML.</summary>
    public string TransistorDescription { get; init; } = "{description}\n\n{chapters}";

    /// <summary>
    /// Links of the show for <c>{link:NAME}</c>, beside <c>youtube</c> and <c>transistor</c>, which are those of the episode.
    /// </summary>
    public IReadOnlyDictionary<string, Uri> Links { get; init; } = new Dictionary<string, Uri>();

    /// <summary>
    /// True: in a text that is too long, <c>{description}</c> is shortened, and the change is noted. False: it is a violation.
    /// </summary>
    public bool ShortenDescription { get; init; }

    /// <summary>The texts of a show by its settings.</summary>
    public static ShowTexts Of(ShowSettings show)
    {
        var standard = new ShowTexts { Show = show.Name };
        return standard with
        {
            YouTubeTitle = show.TitlePattern ?? standard.YouTubeTitle,
            TransistorTitle = show.TitlePattern ?? standard.TransistorTitle,
            YouTubeDescription = show.DescriptionPattern ?? standard.YouTubeDescription,
            TransistorDescription = show.DescriptionPattern ?? standard.TransistorDescription,
            YouTubeTags = show.Channels.Youtube?.Tags ?? [],
        };
    }
}

/// <summary>What the texts say of an episode.</summary>
/// <param name="YouTube">The address of the video; null if it is not known yet.</param>
/// <param name="Transistor">The address of the episode's page; null if it is not known yet.</param>
public sealed record EpisodeFacts(
    string Title,
    string Description,
    ChapterList Chapters,
    int? Season = null,
    int? Number = null,
    Uri? YouTube = null,
    Uri? Transistor = null);

/// <summary>A text that a platform would refuse or not show.</summary>
/// <param name="Field">The platform and its name for the field, such as <c>youtube.title</c>.</param>
/// <param name="Limit">The rule, such as <c>100 characters</c>.</param>
/// <param name="Message">A sentence for people, which names both.</param>
public sealed record MetadataViolation(string Field, string Limit, string Message);
