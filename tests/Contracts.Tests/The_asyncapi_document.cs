using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Podcast.Contracts.Tests;

/// <summary>
/// contracts/asyncapi.yaml against the records and the golden files. PODCAST_WRITE_GOLDEN=1 writes it anew; look at the diff.
/// </summary>
public sealed class The_asyncapi_document
{
    private static readonly JsonObject Document = AsyncApiDocument.Make(Samples.All.Select(message => message.GetType()));

    public static TheoryData<string> Messages => new(Samples.All.Select(message => message.GetType().Name));

    [Fact]
    public void file_says_what_the_records_say()
    {
        var written = AsyncApiDocument.ToYaml(Document);
        if (Environment.GetEnvironmentVariable("PODCAST_WRITE_GOLDEN") == "1")
            File.WriteAllText(InRepository("contracts/asyncapi.yaml"), written);

        written.ShouldBe(File.ReadAllText(InRepository("contracts/asyncapi.yaml")));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void golden_message_fits_its_schema(string message) => Check(message, Golden(message)).IsValid.ShouldBeTrue(message);

    [Theory]
    [MemberData(nameof(Messages))]
    public void field_of_another_type_fits_no_schema(string message)
    {
        foreach (var (field, value) in Golden(message).Where(field => field.Value?.GetValueKind() == JsonValueKind.String))
        {
            var wrong = Golden(message);
            wrong[field] = new JsonArray(value!.DeepClone());
            Check(message, wrong).IsValid.ShouldBeFalse($"{message}.{field}");
        }
    }

    [Fact]
    public void least_that_upstream_may_say_fits_its_schema()
    {
        var least = JsonNode.Parse(
            """{ "episodeId": "9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a", "ownerId": "a", "title": "t", "source": { "fileId": "file_1" } }""")!;

        Check(nameof(EpisodeUploaded), least.AsObject()).IsValid.ShouldBeTrue();
        least.AsObject().Remove("source");
        Check(nameof(EpisodeUploaded), least.AsObject()).IsValid.ShouldBeFalse();
    }

    private static EvaluationResults Check(string message, JsonObject body)
    {
        var schema = new JsonObject { ["$ref"] = $"#/$defs/{message}", ["$defs"] = Document["components"]!["schemas"]!.DeepClone() };
        var text = schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        return JsonSchema.FromText(text).Evaluate(JsonSerializer.SerializeToElement(body));
    }

    private static JsonObject Golden(string message) =>
        JsonNode.Parse(File.ReadAllText(InRepository($"tests/Contracts.Tests/golden/{message}.json")))!["message"]!.AsObject();

    private static string InRepository(string path, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../..", path);
}
