using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

/// <summary>A signature is about bytes: an address that we pass on or follow is the one that we were given.</summary>
public sealed class Keeping_addresses
{
    private const string Path = "/%7e%41/t.json?sig=%2f%7e+%20";
    private readonly List<string> targets = [];

    [Theory]
    [InlineData("https://cdn.example/%7e%41/raw.mp4?sig=%2f%7E+b")]
    [InlineData("https://cdn.example/a/../%2e%2e/raw.mp4")]
    public async Task a_source_reaches_ittybit_as_it_was_given(string address)
    {
        await using var worker = await AnEarlierTask.Worker(list: "[]");

        await worker.Handle(worker.ExtractAudio() with { Source = new EpisodeSource(null, new Uri(address)) });

        ((string)worker.Ittybit.Posts.Single().Body!["url"]!).ShouldBe(address);
    }

    [Fact]
    public async Task an_output_is_fetched_as_it_was_given()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("GET /~A/t.json", Text);

        await worker.Downloads(new Uri(worker.Ittybit.Address + Path));

        targets.ShouldBe([Path]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://HOST")]
    public async Task a_redirect_is_followed_as_it_was_written(string authority)
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("GET /here", Reply.Redirect(authority.Replace("http://HOST", worker.Ittybit.Address, StringComparison.Ordinal) + Path));
        worker.Ittybit.On("GET /~A/t.json", Text);

        await worker.Downloads(new Uri(worker.Ittybit.Address + "/here"));

        targets.ShouldBe([Path]);
    }

    private Task Text(HttpContext http)
    {
        targets.Add(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        return Reply.Content("text/plain", "Hello.")(http);
    }
}
