using System.Globalization;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Hosting;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

public sealed class The_endpoints
{
    [Theory]
    [InlineData("extract-audio", 8)]
    [InlineData("transcode-video", 8)]
    [InlineData("generate-transcript", 8)]
    [InlineData("detect-chapters", 8)]
    [InlineData("create-thumbnail", 8)]
    [InlineData("check-task", 8)]
    [InlineData("check-outputs", 4)]
    [InlineData("resume-lane", 16)]
    public void work_on_as_many_messages_as_the_settings_say(string queue, int unlessSet)
    {
        AtOnce(queue).ShouldBe(unlessSet);
        AtOnce(queue, 1).ShouldBe(1);
        AtOnce(queue, 64).ShouldBe(64);
    }

    /// <summary>The smallest limit that a message passes, the number of those that the broker hands out among them.</summary>
    private static int AtOnce(string queue, int? set = null)
    {
        using var directory = new TemporaryDirectory();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Data:Directory", directory.Path), new("Ittybit:ApiKey", ProcessingScenario.ApiKey),
            new("Webhooks:PublicUrl", "https://podcast.example"), new("Webhooks:Key", "a-key-of-callbacks-for-tests"),
            new($"Bus:Endpoints:{queue.Replace("-", "", StringComparison.Ordinal)}:ConcurrentMessageLimit", set?.ToString(CultureInfo.InvariantCulture)),
        ]);
        builder.AddServiceDefaults();
        builder.AddMessageBus(bus => bus.AddProcessing());
        using var app = builder.Build();
        var probe = JsonSerializer.SerializeToElement(app.Services.GetRequiredService<IBusControl>().GetProbeResult().Results);
        var endpoint = Objects(probe).Single(part => part.TryGetProperty("name", out var name) && name.ToString() == queue);
        return Objects(endpoint).SelectMany(Limits).Min();
    }

    private static IEnumerable<int> Limits(JsonElement part)
    {
        var isLimit = part.TryGetProperty("filterType", out var type) && type.ToString() == "concurrencyLimit";
        return part.EnumerateObject()
            .Where(property => property.Name is "prefetchCount" or "concurrentMessageLimit" || (isLimit && property.Name == "limit"))
            .Where(property => property.Value.ValueKind == JsonValueKind.Number)
            .Select(property => property.Value.GetInt32());
    }

    private static IEnumerable<JsonElement> Objects(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Array => part.EnumerateArray().SelectMany(Objects),
        JsonValueKind.Object => part.EnumerateObject().SelectMany(property => Objects(property.Value)).Prepend(part),
        _ => [],
    };
}
