using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Podcast.Publishing.Channels;
using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Tests.Accounts;

public sealed class When_a_token_answer_is_strange
{
    [Theory]
    [InlineData("""{"error":"invalid_client"}""", "invalid_client")]
    [InlineData("""{"error":{"code":400}}""", "status 400")]
    [InlineData("""{"error":"half a pair: \ud83d"}""", "status 400")]
    [InlineData("[]", "status 400")]
    [InlineData("null", "status 400")]
    [InlineData("<html>Log in to the hotel's network</html>", "status 400")]
    public async Task account_is_refused_with_what_can_be_read(string body, string why)
    {
        var refused = await Should.ThrowAsync<StepException>(() => Access(400, body));

        (refused.Result.Outcome, refused.Result.Reason).ShouldBe((StepOutcome.Refused, $"Google refused the YouTube account main: {why}."));
    }

    [Theory]
    [InlineData("""{"access_token":7}""")]
    [InlineData("{}")]
    [InlineData("<html>Welcome</html>")]
    public async Task success_without_a_token_is_tried_again(string body)
    {
        var failed = await Should.ThrowAsync<StepException>(() => Access(200, body));

        (failed.Result.Outcome, failed.Result.Reason).ShouldBe((StepOutcome.Failed, "Google's token endpoint gave no token (200)."));
    }

    private static async Task Access(int status, string body)
    {
        var services = new ServiceCollection().Configure<YouTubeOptions>(options =>
        {
            options.TokenAddress = new Uri("https://google.test/token");
            options.Accounts["main"] = new YouTubeAccountOptions { RefreshToken = "r", ClientId = "c", ClientSecret = "s", ChannelId = "UC" };
        });
        services.AddHttpClient(YouTubeRequests.Name).ConfigurePrimaryHttpMessageHandler(() => new Answers(status, body));
        await using var provider = services.BuildServiceProvider();
        var accounts = new ConfiguredAccounts(
            provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<IOptionsMonitor<YouTubeOptions>>(), TimeProvider.System);
        await accounts.Access("main", CancellationToken.None);
    }

    private sealed class Answers(int status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) });
    }
}
