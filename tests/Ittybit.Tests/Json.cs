using System.Text.Json;

namespace Podcast.Ittybit.Tests;

internal static class Json
{
    public static JsonElement Of(string json) => JsonDocument.Parse(json).RootElement;

    /// <summary>Same members with same values; their order says nothing.</summary>
    public static void ShouldBeSameJsonAs(this JsonElement actual, string expected) =>
        JsonElement.DeepEquals(actual, Of(expected)).ShouldBeTrue($"{actual} should be {expected}");
}
