using System.Net;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.YouTube.Support;
using Podcast.Testing;
using static Podcast.Emulators.Tests.YouTube.Support.Uploading;

namespace Podcast.Emulators.Tests.YouTube;

/// <summary>Google's client for Node must not notice. It sends media in multipart bodies, and never in chunks.</summary>
public sealed class When_Googles_Node_client_calls : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private RunningYouTube youTube = null!;

    public async Task InitializeAsync() => youTube = await RunningYouTube.Start();

    public async Task DisposeAsync()
    {
        await youTube.DisposeAsync();
        directory.Dispose();
    }

    [NodeClientFact]
    public async Task videos_captions_and_thumbnails_are_served()
    {
        var media = Bytes(1000);
        var uploaded = await youTube.Put(await youTube.Session(media.Length), null, media);
        uploaded.Status.ShouldBe(HttpStatusCode.Created, uploaded.Text);
        var token = youTube.Http.DefaultRequestHeaders.Authorization!.Parameter!;

        var said = JsonNode.Parse(
            await NodeClient.Run(directory, youTube.Http.BaseAddress!.AbsoluteUri, token, (string)uploaded.Json["id"]!))!;

        ((string?)said["title"]).ShouldBe("Episode 1");
        ((string?)said["updatedTitle"]).ShouldBe("Renamed by Node");
        ((string?)said["refusal"]).ShouldBe("invalidVideoMetadata");
        ((int?)said["thumbnails"]).ShouldBe(1);
        var video = youTube.Emulator.Videos.ShouldHaveSingleItem();
        video.Title.ShouldBe("Renamed by Node");
        video.Thumbnail!.Length.ShouldBe(7);
        var captions = video.Captions.ShouldHaveSingleItem();
        captions.Cues!.Count.ShouldBe(2);
        ((string?)said["insertedCaptions"]).ShouldBe(captions.Id);
        said["listedCaptions"]!.AsArray().Select(id => (string?)id).ShouldBe([captions.Id]);
    }
}
