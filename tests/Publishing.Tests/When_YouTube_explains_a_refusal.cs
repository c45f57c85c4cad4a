using System.Net;
using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Tests;

public sealed class When_YouTube_explains_a_refusal
{
    [Fact]
    public async Task no_secret_of_an_address_is_repeated()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            Content = new StringContent(
                """{"error":{"code":400,"message":"No access to https://me:pw@host.test/v.mp4?signature=abc","errors":[{"reason":"invalid"}]}}"""),
        };

        var reason = (await YouTubeFailure.Of(response, TimeProvider.System, default)).Result.Reason;

        reason.ShouldBe("YouTube refused (400 invalid): No access to https://…@host.test/v.mp4?…");
    }
}
