using Podcast.Batch.Data;
using Podcast.Batch.Tests.Support;
using Podcast.Contracts;

namespace Podcast.Batch.Tests.Runs;

/// <summary>A signature holds for the bytes of an address, whatever else would mean the same.</summary>
public sealed class When_addresses_are_signed
{
    private const string Signed = "https://CDN.example:443/%7e%41/a%2fb/./c.mp4?X-Amz-Signature=%7e%2B+%c3%a9&e=%";

    [Fact]
    public async Task a_task_gets_the_address_as_it_is()
    {
        await using var team = await BatchScenario.Start();
        await team.Run($"url\n{Signed}\n", ["import", "-"]);
        team.Emulator.Rewrite = (_, body) => body.Replace("/emulators/ittybit/", "/%7e%41/emulators/ittybit/", StringComparison.Ordinal);

        (await team.Run("run")).Exit.ShouldBe(0);

        team.Emulator.Ittybit.Creates().ShouldHaveSingleItem().Source.ShouldBe(Signed);
        (await team.Rows())[0].OutputUrl.ShouldNotBeNull().ShouldContain("/%7e%41/emulators/");
    }

    [Fact]
    public async Task an_episode_gets_the_address_as_it_is_and_gives_it_back()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(Signed);
        await using var pipeline = await Pipeline.Start(team, isHeld: true);
        await using var run = team.Start("run", "--episodes");
        await pipeline.Takes(1);
        var episode = pipeline.Uploaded.Single();

        await pipeline.Publish(new EpisodeProcessed(
            episode.EpisodeId, episode.OwnerId, episode.Title, null,
            [new EpisodeOutput(TaskKind.VideoTranscode, new TaskOutput("file_v", new Uri(Signed)))], DateTimeOffset.UnixEpoch));

        (await run.Ends()).Exit.ShouldBe(0);
        episode.Source.Url!.OriginalString.ShouldBe(Signed);
        (await team.Rows())[0].OutputUrl.ShouldBe(Signed);
    }

    [Theory]
    [InlineData("https://user:p%7ess%41@cdn.example/a.mp4", "https://cdn.example/a.mp4")]
    [InlineData("https://user:pass@cdn.example/%7e.mp4?sig=1", "https://cdn.example/%7e.mp4?…")]
    [InlineData("https://us@er:p@ss@cdn.example/a.mp4", "https://cdn.example/a.mp4")]
    [InlineData("https://cdn.example/@name/a.mp4", "https://cdn.example/@name/a.mp4")]
    public void people_see_neither_credentials_nor_signature(string address, string shown) => MediaUrl.Shown(address).ShouldBe(shown);

    [Theory]
    [InlineData("https://cdn.example/a%00b%0A.mp4", "ab")]
    [InlineData("https://cdn.example/%00", "media 1")]
    public async Task a_title_has_no_control_characters(string address, string title)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(address);
        await using var pipeline = await Pipeline.Start(team);

        (await team.Run("run", "--episodes")).Exit.ShouldBe(0);

        pipeline.Uploaded.Single().Title.ShouldBe(title);
    }
}
