using System.Net;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_transcript_is_read(IngestHost host) : IClassFixture<IngestHost>
{
    private readonly Guid id = Guid.NewGuid();
    private readonly HttpClient client = host.ClientOf("ann");

    [Theory]
    [InlineData(null, null, "text/plain")]
    [InlineData("*/*", null, "text/plain")]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", null, "text/plain")]
    [InlineData("application/json", null, "application/json")]
    [InlineData("text/vtt", null, "text/vtt")]
    [InlineData("text/plain;q=0.5, text/vtt;q=0.9", null, "text/vtt")]
    [InlineData("*/*, text/plain;q=0", null, "application/json")]
    [InlineData("application/json", "vtt", "text/vtt")]
    [InlineData("text/vtt", "text", "text/plain")]
    [InlineData(null, "json", "application/json")]
    public async Task it_comes_as_asked_for(string? accept, string? format, string expected)
    {
        await Collected("Hello there.", new TranscriptLine(0, 1.5, "Hello there."));

        using var response = await Get(accept, format);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(expected);
        (await response.Content.ReadAsStringAsync()).ShouldContain("Hello there.");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task unavailable_format_is_a_406_and_an_unknown_one_a_400()
    {
        await Collected("Hello.");

        await (await Get("image/png", null)).Problem(HttpStatusCode.NotAcceptable);
        (await (await Get(null, "srt")).RefusedFields()).ShouldBe(["format"]);
        await (await Get(null, "vtt")).Problem(HttpStatusCode.NotAcceptable); // it has no times
    }

    [Fact]
    public async Task none_yet_is_a_404_and_the_episode_says_null()
    {
        await host.Deliver(Snapshot.Of(id, 1, "ann"));
        await Eventually.Holds(async () => (await client.GetAsync(new Uri($"/episodes/{id}", UriKind.Relative))).IsSuccessStatusCode, "it shows");

        await (await Get(null, null)).Problem(HttpStatusCode.NotFound);
        (await client.Get($"/episodes/{id}"))["outputs"]!["transcript"].ShouldBeNull();
    }

    [Fact]
    public async Task json_has_the_lines_with_their_times()
    {
        await Collected("One. Two.", new TranscriptLine(0, 1.25, "One.", "Ann"), new TranscriptLine(1.25, 2, "Two."));

        var json = await (await Get(null, "json")).Answer(HttpStatusCode.OK);

        json.ToJsonString().ShouldBe(
            """{"language":"en","text":"One. Two.","lines":[{"start":0,"end":1.25,"text":"One.","speaker":"Ann"},{"start":1.25,"end":2,"text":"Two.","speaker":null}]}""");
    }

    [Fact]
    public async Task vtt_stays_well_formed_whatever_was_said()
    {
        await Collected(
            "x",
            new TranscriptLine(3661.5, 3662, "later"),
            new TranscriptLine(-1, 0.5, "<script>alert(1)</script> & 00:00 --> 00:01"),
            new TranscriptLine(2, 1, "one\n\ntwo", "A>n<n"));

        (await (await Get("text/vtt", null)).Content.ReadAsStringAsync()).ShouldBe(
            """
            WEBVTT

            00:00:00.000 --> 00:00:00.500
            &lt;script&gt;alert(1)&lt;/script&gt; &amp; 00:00 --&gt; 00:01

            00:00:02.000 --> 00:00:02.001
            <v A&gt;n&lt;n>one two

            01:01:01.500 --> 01:01:02.000
            later

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task copies_of_a_transcript_get_one_answer_and_change_nothing()
    {
        var first = new TranscriptCollected(id, 1, "One. Two.\0", "en", [new(0, 1, "One."), new(1, 2.5, "Two.")], Snapshot.At(1), "Odd.");
        await host.Deliver(first, first, first);
        await Eventually.Holds(() => Told().Count == 3, "every copy is answered");

        Told().Distinct().ShouldHaveSingleItem().ShouldBe(new TranscriptStored(id, 1, 9, 2.5, host.Clock.GetUtcNow(), "Odd."));
        (await host.FromDatabase(db => db.Transcripts.SingleAsync(t => t.EpisodeId == id))).Text.ShouldBe("One. Two.");
    }

    [Fact]
    public async Task transcript_of_an_earlier_round_does_not_replace_a_later_one()
    {
        await host.Deliver(new TranscriptCollected(id, 2, "New.", null, [], Snapshot.At(2)));
        await Eventually.Holds(() => Told().Count == 1, "the second round is stored");
        await host.Deliver(
            new TranscriptCollected(id, 1, "Old.", null, [], Snapshot.At(1)),
            new TranscriptCollected(id, 3, "Newest.", null, [], Snapshot.At(3)));
        await Eventually.Holds(() => Told().Any(t => t.Round == 3), "the third round is stored");

        (await host.FromDatabase(db => db.Transcripts.SingleAsync(t => t.EpisodeId == id))).Text.ShouldBe("Newest.");
        Told().ShouldNotContain(t => t.Round == 1);
    }

    [Fact]
    public async Task long_transcript_in_every_script_comes_back_unchanged()
    {
        var text = string.Concat(Enumerable.Repeat("שלום 👋🏽 héllo <b> ", 100_000));
        await Collected(text);

        (await (await Get(null, null)).Content.ReadAsStringAsync()).ShouldBe(text);
    }

    private IReadOnlyList<TranscriptStored> Told() => [.. host.Published<TranscriptStored>().Where(t => t.EpisodeId == id)];

    private async Task Collected(string text, params TranscriptLine[] lines)
    {
        await host.Deliver(Snapshot.Of(id, 1, "ann"), new TranscriptCollected(id, 1, text, "en", lines, Snapshot.At(1)));
        await Eventually.Holds(
            async () => Told().Count > 0 && (await client.GetAsync(new Uri($"/episodes/{id}", UriKind.Relative))).IsSuccessStatusCode,
            "episode and transcript are there");
    }

    private Task<HttpResponseMessage> Get(string? accept, string? format)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/episodes/{id}/transcript{(format is null ? "" : $"?format={format}")}");
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return client.SendAsync(request);
    }
}
