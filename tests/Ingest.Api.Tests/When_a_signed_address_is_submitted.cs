using System.Net;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

/// <summary>A signature is about bytes: <c>%7e</c> and <c>~</c> are two addresses to it.</summary>
public sealed class When_a_signed_address_is_submitted(IngestHost host) : IClassFixture<IngestHost>
{
    private readonly HttpClient client = host.ClientOf("ann");

    [Theory]
    [InlineData("https://example.com/%7e%41/a.mp4?sig=%2f%2F%7e")]
    [InlineData("https://example.com/a/../%2e%2e/./b.mp4?sig=a+b")]
    [InlineData("https://Example.com?sig=%41")]
    public async Task it_is_announced_as_it_was_given(string url) => (await Announced(url)).ShouldBe(url);

    [Fact]
    public async Task what_no_address_may_hold_is_encoded() =>
        (await Announced("https://example.com/my \u00e9pisode%7e.mp4")).ShouldBe("https://example.com/my%20%C3%A9pisode%7e.mp4");

    private async Task<string?> Announced(string url)
    {
        var answer = await (await client.Post("/episodes", new { url, title = "T" })).Answer(HttpStatusCode.Accepted);
        var id = (Guid)answer["id"]!;
        EpisodeUploaded? announced = null;
        await Eventually.Holds(
            () => (announced = host.Published<EpisodeUploaded>().FirstOrDefault(e => e.EpisodeId == id)) is not null, "it is announced");
        return announced!.Source.Url?.OriginalString;
    }
}
