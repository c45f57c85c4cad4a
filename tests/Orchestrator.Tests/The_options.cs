using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Podcast.Contracts;
using Podcast.Hosting;

namespace Podcast.Orchestrator.Tests;

public sealed class The_options
{
    [Theory]
    [InlineData("ExtractAudio", TaskKind.AudioExtraction)]
    [InlineData("TranscodeVideo", TaskKind.VideoTranscode)]
    [InlineData("GenerateTranscript", TaskKind.TranscriptGeneration)]
    [InlineData("DetectChapters", TaskKind.ChapterDetection)]
    [InlineData("CreateThumbnail", TaskKind.Thumbnail)]
    public void of_a_kind_of_task_go_before_those_of_all(string command, TaskKind kind)
    {
        var options = Options(
            ("MaxAttempts", "7"), ("RetryDelay", "00:00:07"), ("MaxRetryDelay", "00:07:00"), ("TaskDeadline", "07:00:00"),
            ($"Tasks:{command}:MaxAttempts", "2"), ($"Tasks:{command}:RetryDelay", "00:00:02"),
            ($"Tasks:{command}:MaxRetryDelay", "00:02:00"), ($"Tasks:{command}:Deadline", "02:00:00"));

        foreach (var one in Enum.GetValues<TaskKind>())
        {
            var expected = one == kind ? 2 : 7;
            options.MaxAttemptsOf(one).ShouldBe(expected);
            options.RetryDelayOf(one).ShouldBe(TimeSpan.FromSeconds(expected));
            options.MaxRetryDelayOf(one).ShouldBe(TimeSpan.FromMinutes(expected));
            options.DeadlineOf(one).ShouldBe(TimeSpan.FromHours(expected));
        }
    }

    [Theory]
    [InlineData("ExtractAudio", "MaxAttempts", "0")]
    [InlineData("TranscodeVideo", "RetryDelay", "00:00:00")]
    [InlineData("GenerateTranscript", "MaxRetryDelay", "2.00:00:00")]
    [InlineData("DetectChapters", "Deadline", "31.00:00:00")]
    [InlineData("CreateThumbnail", "MaxAttempts", "101")]
    public void task_kind_settings_have_limits_and_errors_name_them(string command, string setting, string value) =>
        Should.Throw<OptionsValidationException>(() => Options(($"Tasks:{command}:{setting}", value)))
            .Message.ShouldContain($"Orchestrator__Tasks__{command}__{setting} must be between");

    private static OrchestratorOptions Options(params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        foreach (var (name, value) in settings)
            builder.Configuration[$"Orchestrator:{name}"] = value;
        builder.AddServiceDefaults();
        builder.AddMessageBus(bus => bus.AddOrchestrator());
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<OrchestratorOptions>>().Value;
    }
}
