using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.Serialization;

namespace Podcast.Contracts.Tests;

/// <summary>
/// A golden file per message: its name on the wire and its JSON, as MassTransit writes it. A difference is a change that running
/// services and other teams' publishers would feel. PODCAST_WRITE_GOLDEN=1 writes the files anew; look at the diff.
/// </summary>
public sealed class The_wire
{
    private static readonly JsonSerializerOptions Json = new(SystemTextJsonMessageSerializer.Options) { WriteIndented = true };

    public static TheoryData<string> Messages => new(Samples.All.Select(message => message.GetType().Name));

    [Theory]
    [MemberData(nameof(Messages))]
    public void is_as_it_was(string message)
    {
        var sample = Sample(message);
        var written = JsonSerializer.Serialize(new { Urn = MessageUrn.ForTypeString(sample.GetType()), Message = sample }, Json) + "\n";
        if (Environment.GetEnvironmentVariable("PODCAST_WRITE_GOLDEN") == "1")
            File.WriteAllText(Golden(message), written);

        written.ShouldBe(File.ReadAllText(Golden(message)));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void is_understood_by_us(string message)
    {
        var golden = Read(message);
        golden["message"]!.AsObject()["somethingNew"] = "from a later version";

        var read = golden["message"].Deserialize(Sample(message).GetType(), Json);

        JsonSerializer.SerializeToNode(read, Json)!.ToJsonString().ShouldBe(Read(message)["message"]!.ToJsonString());
    }

    [Fact]
    public void covers_every_message()
    {
        var parts = new[]
        {
            typeof(EpisodeSource), typeof(PlannedTask), typeof(TaskOptions), typeof(EpisodeOutput), typeof(EpisodeChange), typeof(TaskSnapshot),
            typeof(TaskOutput), typeof(TranscriptLine), typeof(EpisodeDetails), typeof(OutputObjection), typeof(MediaDescription), typeof(StartedTask),
            typeof(ShowSettings), typeof(ShowChannels), typeof(TransistorChannel), typeof(YoutubeChannel), typeof(PublicationReceipt),
        };

        typeof(EpisodeUploaded).Assembly.GetExportedTypes()
            .Where(type => type.IsClass && !type.IsAbstract && !parts.Contains(type))
            .Select(type => type.Name)
            .ShouldBe(Samples.All.Select(message => message.GetType().Name), ignoreOrder: true);
    }

    [Fact]
    public void lets_an_upstream_service_say_the_least()
    {
        var upload = JsonSerializer.Deserialize<EpisodeUploaded>(
            """
            { "episodeId": "9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a", "ownerId": "alice", "title": "t",
              "source": { "url": "https://example.com/a.mp4" } }
            """, Json)!;

        upload.Source.Url!.Host.ShouldBe("example.com");
        upload.Tasks.ShouldBeNull();
        upload.Priority.ShouldBe(EpisodePriority.Normal);
    }

    [Fact]
    public void has_one_word_for_each_kind_of_task()
    {
        foreach (var kind in Enum.GetValues<TaskKind>())
        {
            JsonSerializer.SerializeToElement(kind, Json).GetString().ShouldBe(kind.WireName());
            TaskKindNames.Parse(kind.WireName()).ShouldBe(kind);
        }

        TaskKindNames.Parse("something_else").ShouldBeNull();
    }

    private static object Sample(string message) => Samples.All.Single(sample => sample.GetType().Name == message);

    private static JsonNode Read(string message) => JsonNode.Parse(File.ReadAllText(Golden(message)))!;

    private static string Golden(string message, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "golden", message + ".json");
}
