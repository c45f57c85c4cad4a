using Podcast.Testing;

namespace Podcast.Processing.Tests;

/// <summary>What Ittybit may have made of an order that comes again.</summary>
internal static class AnEarlierTask
{
    public const string Reference = "podcast_audio-9b1f4c4e5e8a4f0f8e3a7c2b9d3f1e2a-1";
    public const string Made = $$"""{"id":"task_1","kind":"audio","status":"processing","options":{"ref":"{{Reference}}"} }""";
    public const string Other = """{"id":"task_0","kind":"audio","status":"processing","ref":"podcast_audio-00000000000000000000000000000000-1"}""";

    /// <summary>A worker at an Ittybit that has these tasks, and makes <see cref="Made"/> when it is asked to.</summary>
    public static async Task<ProcessingScenario> Worker(string list)
    {
        var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json(Made, 201));
        worker.Ittybit.On("GET /tasks", Reply.Json(list));
        return worker;
    }
}
