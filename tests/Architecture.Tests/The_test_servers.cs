using Podcast.Testing;

namespace Podcast.Architecture.Tests;

/// <summary>Where tests take PostgreSQL and RabbitMQ from: the same rule in a single test project and in test.sh.</summary>
public sealed class The_test_servers
{
    [Theory]
    [InlineData(null, true, ServerSource.Containers)]
    [InlineData("", true, ServerSource.Containers)]
    [InlineData(null, false, ServerSource.Installed)]
    [InlineData("", false, ServerSource.Installed)]
    [InlineData("containers", false, ServerSource.Containers)]
    [InlineData("containers", true, ServerSource.Containers)]
    [InlineData("installed", true, ServerSource.Installed)]
    [InlineData("installed", false, ServerSource.Installed)]
    public async Task the_setting_decides_before_what_is_there(string? setting, bool engineAnswers, ServerSource source)
    {
        SharedServers.Choose(setting, () => engineAnswers).ShouldBe(source);

        var chosen = await ChildProcess.Run(
            TimeSpan.FromMinutes(1),
            new Dictionary<string, string> { ["PODCAST_TEST_SERVERS"] = setting ?? "" },
            "bash", "-euc",
            $$"""docker() { return {{(engineAnswers ? 0 : 1)}}; }; . "$0"; choose_servers; echo "$PODCAST_TEST_SERVERS" """,
            Path.Combine(House.Root, "tests", "servers.sh"));
        chosen.Trim().ShouldBe(source.ToString().ToLowerInvariant());
    }

    [Fact]
    public void the_engine_is_not_asked_where_the_setting_decides() =>
        SharedServers.Choose("installed", () => throw new InvalidOperationException("asked")).ShouldBe(ServerSource.Installed);

    [Fact]
    public void an_unknown_setting_is_named() =>
        Should.Throw<InvalidOperationException>(() => SharedServers.Choose("docker", () => true))
            .Message.ShouldBe("PODCAST_TEST_SERVERS is \"docker\"; it can be containers or installed.");

    [Fact]
    public async Task the_images_are_those_of_the_compose_file()
    {
        var images = (await File.ReadAllLinesAsync(Path.Combine(House.Root, "docker-compose.yml")))
            .Select(line => line.Trim().Split(' ')).Where(words => words is ["image:", _]).Select(words => words[1]).ToList();

        images.ShouldContain(SharedServers.PostgresImage);
        images.ShouldContain(SharedServers.RabbitMqImage);
    }
}
