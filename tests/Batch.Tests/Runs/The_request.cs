using System.Text.Json;
using Podcast.Batch.Data;
using Podcast.Batch.Running;

namespace Podcast.Batch.Tests.Runs;

public sealed class The_request
{
    private static readonly JsonSerializerOptions OnTheWire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly Claim Claim = new(
        "7", "https://cdn.example/a.mp4", 2, "batch-media-x1y2z3-7-2", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, false, Via.Task);

    [Fact]
    public void is_the_tutorials_with_a_ref()
    {
        Json(new TaskTemplate().WithDefaults()).ShouldBe(
            """{"input":"https://cdn.example/a.mp4","kind":"video","ref":"batch-media-x1y2z3-7-2","options":{"format":"mp4","width":1920,"quality":"high"}}""");
    }

    [Fact]
    public void has_only_what_was_said_for_other_kinds()
    {
        Json(new TaskTemplate { Kind = "audio", Bitrate = 192_000 }.WithDefaults()).ShouldBe(
            """{"input":"https://cdn.example/a.mp4","kind":"audio","ref":"batch-media-x1y2z3-7-2","options":{"bitrate":192000}}""");
        Json(new TaskTemplate { Kind = "speech" }.WithDefaults()).ShouldNotContain("options");
    }

    private static string Json(TaskTemplate template) => JsonSerializer.Serialize(template.For(Claim), OnTheWire);
}
