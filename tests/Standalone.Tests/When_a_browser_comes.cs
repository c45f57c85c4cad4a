using Podcast.Testing;

namespace Podcast.Standalone.Tests;

public sealed class When_a_browser_comes : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task the_first_page_is_the_console()
    {
        await using var app = StandaloneHost.Build(new Uri("http://127.0.0.1:0"), new DirectoryInfo(directory.Path), false);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));

        var page = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(page);
        answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/console/episodes");
        page.ShouldContain("No episode yet.");
    }
}
