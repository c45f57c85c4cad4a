using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Publishing.Channels;
using Podcast.Publishing.Publications;
using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Tests;

/// <summary>YouTube lists a channel's videos in pages of 50, the newest first.</summary>
public sealed class When_an_upload_is_looked_for : IAsyncLifetime
{
    private static readonly DateTimeOffset Began = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory directory = new();
    private readonly Publication publication = new() { CorrelationId = Guid.NewGuid(), CreatedAt = Began };
    private readonly List<(string Description, DateTimeOffset At)> videos = [];
    private Platforms platforms = null!;
    private WebApplication youTube = null!;
    private int asked;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        youTube = builder.Build();
        youTube.MapGet("/youtube/v3/playlistItems", (string? pageToken) => Page(int.TryParse(pageToken, out var from) ? from : 0));
        await youTube.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await youTube.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(49, 1)]
    [InlineData(250, 6)] // was taken for missing
    [InlineData(999, 20)]
    public async Task upload_is_found_among_newer_videos(int newer, int pages)
    {
        Add(newer, Began.AddDays(1));
        videos.Add(($"Reference: {publication.Reference}", Began.AddMinutes(1)));
        Add(300, Began.AddDays(-1));

        (await Find()).ShouldBe($"video {newer}");

        asked.ShouldBe(pages);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(250, 6)]
    public async Task missing_upload_is_missed_at_the_first_older_page(int newer, int pages)
    {
        Add(newer, Began.AddDays(1));
        Add(2000, Began.AddDays(-1));

        (await Find()).ShouldBeNull();

        asked.ShouldBe(pages);
    }

    [Fact]
    public async Task upload_among_too_many_is_not_made_again()
    {
        Add(1001, Began.AddDays(1));

        var refusal = await Should.ThrowAsync<StepException>(Find);

        refusal.Result.Outcome.ShouldBe(StepOutcome.Refused);
        refusal.Message.ShouldContain("more than 1000 videos");
    }

    private void Add(int count, DateTimeOffset at) => videos.AddRange(Enumerable.Repeat(("Another video.", at), count));

    private async Task<string?> Find()
    {
        await using var publisher = await Publisher.Start(platforms, directory, settings: ("YouTube:BaseAddress", youTube.Urls.Single()));
        return await publisher.In((YouTubeClient client) => client.FindUpload(
            new YouTubeAccess("token", Platforms.Channel, Platforms.Client), publication, default));
    }

    private IResult Page(int from)
    {
        asked++;
        return Results.Json(new
        {
            items = videos.Index().Skip(from).Take(50).Select(video => new
            {
                snippet = new
                {
                    description = video.Item.Description,
                    publishedAt = video.Item.At.UtcDateTime,
                    resourceId = new { videoId = $"video {video.Index}" },
                },
            }),
            nextPageToken = from + 50 < videos.Count ? $"{from + 50}" : null,
        });
    }
}
