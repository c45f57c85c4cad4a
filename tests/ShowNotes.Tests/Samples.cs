namespace Podcast.ShowNotes.Tests;

/// <summary>An episode of two hours, in the forms in which Ittybit gives its parts.</summary>
internal static class Samples
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(7230.5);

    public const string ChaptersJson = """
        {"object":"track","kind":"chapters","chapters":[
          {"index":0,"start":4.2,"end":65.9,"title":"Höhenluft & Hütten"},
          {"index":1,"start":65.9,"end":70,"title":"Jingle"},
          {"index":2,"start":70,"end":3599.9,"title":"Gäste:\n  Anna <Berg>"},
          {"index":3,"start":3599.9,"end":3700,"title":"Werbung"},
          {"index":4,"start":3700,"end":7230.5,"title":"Was eine Hüttenwirtin im Winter macht, wenn der Schnee bis ans Dach reicht 🏔️"}]}
        """;

    public static ChapterList Chapters => Compile(ChaptersJson, Length);

    public static EpisodeFacts Episode => new(
        "Höhenluft", "Anna erzählt von Hütten & Höhen.\r\nUnd vom Winter.\n\n\n\nMit Musik.", Chapters, Season: 2, Number: 12,
        Transistor: new("https://share.transistor.example/s/12"));

    public static ShowTexts Show => new()
    {
        Show = "Bergfunk",
        YouTubeTitle = "{title} | {show} S{season}E{number}",
        YouTubeDescription = """
            {description}

            Kapitel:
            {chapters}

            Audio: {link:transistor}
            Video: {link:youtube}

            {{Dank an}} {link:steady}
            """,
        YouTubeTags = ["Berge", "{show}", "Hütten und Höhen", "berge"],
        TransistorTitle = "{number}: {title}",
        TransistorSummary = "Folge {number} mit Anna",
        TransistorDescription = "{description}\n\nVideo: {link:youtube}\n\n{chapters}",
        Links = new Dictionary<string, Uri> { ["steady"] = new("https://steady.example/bergfunk") },
    };

    public static TranscriptLine[] Lines =>
    [
        new(0, 2.5, "Willkommen auf der Hütte."),
        new(2, 12, "Heute sprechen wir mit Anna, die seit zwanzig Jahren eine Hütte führt, über Sturm & <Stille>, und über Gäste.", "Ben"),
        new(12, 12, "Ja.", "Anna"),
        new(12.4, 12.4, "Ja!", "Ben"),
        new(20, 21, "Hallo", "Anna"),
        new(20, 22, "Hallo", "Ben"),
        new(3600, 3601.5, "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"),
    ];

    public static ChapterList Compile(string file, TimeSpan length, string opening = "Intro") =>
        ChapterCompiler.Compile(ChapterReader.Read(Encoding.UTF8.GetBytes(file)).Chapters, length, opening);

    public static ChapterList Compile(double length, params (double Start, string? Title)[] chapters) =>
        ChapterCompiler.Compile(chapters.Select(chapter => new Chapter(chapter.Start, null, chapter.Title)), TimeSpan.FromSeconds(length));
}
