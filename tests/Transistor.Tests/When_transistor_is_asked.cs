using Podcast.Testing;

namespace Podcast.Transistor.Tests;

public sealed class When_transistor_is_asked
{
    private const string Episode = """
        {"data":{"id":"3056098","type":"episode","attributes":{"title":"Roasting","season":"2","number":null,"duration":"1812",
        "published_at":"2020-06-01T14:00:00.000+02:00","audio_processing":false,"processing_failure":"","media_url":"https://media.test/a.mp3",
        "unheard":{"of":[1]},"transcripts":["https://a.test"]},"relationships":{"show":{"data":{"id":"7","type":"show"}}}},
        "included":[{}],"jsonapi":{"version":"1.0"}}
        """;

    [Fact]
    public async Task forms_have_the_documented_names()
    {
        var transistor = new FakeTransistor(201, Episode);
        await using var client = new Client(transistor);

        await client.Api.CreateEpisode(new EpisodeForm { ShowId = "the-show", Title = "a&b=c", Season = 2 });
        Fields(transistor.Body).ShouldBe(["episode[show_id]=the-show", "episode[title]=a&b=c", "episode[season]=2"], ignoreOrder: true);
        (transistor.Method, transistor.Address!.AbsoluteUri, transistor.Key)
            .ShouldBe(("POST", "https://api.transistor.fm/v1/episodes", Client.Key));

        await client.Api.PublishEpisode("12", new PublishForm { Status = EpisodeStatus.Published });
        (transistor.Method, transistor.Address!.AbsolutePath).ShouldBe(("PATCH", "/v1/episodes/12/publish"));
        Fields(transistor.Body).ShouldBe(["episode[status]=published"]);
    }

    [Fact]
    public async Task unknown_and_odd_attributes_do_no_harm()
    {
        await using var client = new Client(new FakeTransistor(200, Episode));

        var episode = (await client.Api.GetEpisode("3056098")).Data;

        (episode.Id, episode.ShowId, episode.Attributes.Season, episode.Attributes.Number, episode.Attributes.Duration)
            .ShouldBe(("3056098", "7", 2, null, 1812));
        episode.Attributes.PublishedAt.ShouldBe(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero));
        episode.Attributes.IsReadyToPublish.ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"2020-07-01 09:30:00 UTC\"", "2020-07-01T09:30:00Z")]
    [InlineData("\"soon\"", null)]
    [InlineData("null", null)]
    [InlineData("[7]", null)]
    public async Task times_are_read_in_every_form(string json, string? expected)
    {
        var body = $$$"""{"data":{"id":"1","attributes":{"published_at":{{{json}}} } } }""";
        await using var client = new Client(new FakeTransistor(200, body));

        (await client.Api.GetEpisode("1")).Data.Attributes.PublishedAt
            .ShouldBe(expected is null ? null : DateTimeOffset.Parse(expected, null));
    }

    [Theory]
    [InlineData(-1, "published", "2026-01-15 09:32:09")]
    [InlineData(0, "published", "2026-01-15 09:32:10")]
    [InlineData(1, "scheduled", "2026-01-15 09:32:11")]
    public void times_are_sent_in_the_shows_zone(int seconds, string status, string publishedAt)
    {
        var clock = new ManualClock();

        var form = PublishForm.At(
            clock.GetUtcNow().AddSeconds(seconds), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), clock);

        form.ShouldBe(new PublishForm { Status = status, PublishedAt = publishedAt });
    }

    [Theory]
    [InlineData("""{"audio_processing":true,"media_url":"https://a.test"}""")]
    [InlineData("""{"audio_processing":false,"processing_failure":"broken","media_url":"https://a.test"}""")]
    [InlineData("""{"audio_processing":false,"media_url":""}""")]
    [InlineData("{}")]
    public async Task silence_is_not_ready_to_publish(string attributes)
    {
        await using var client = new Client(new FakeTransistor(200, $$$"""{"data":{"id":"1","attributes":{{{attributes}}} } }"""));

        (await client.Api.GetEpisode("1")).Data.Attributes.IsReadyToPublish.ShouldBeFalse();
    }

    private static IEnumerable<string> Fields(string form) =>
        form.Split('&').Select(field => Uri.UnescapeDataString(field.Replace('+', ' ')));
}
