using System.CommandLine;
using System.Text.Json;
using BenchmarkDotNet.Running;
using Podcast.Benchmarks.Browsing;
using Podcast.Benchmarks.Pipeline;
using Podcast.Benchmarks.Uploads;

namespace Podcast.Benchmarks;

internal static class Commands
{
    public static Task<int> Run(string[] args)
    {
        if (args is ["micro", ..])
        {
            BenchmarkSwitcher.FromAssembly(typeof(Commands).Assembly).Run(["--inProcess", .. args[1..]]);
            return Task.FromResult(0);
        }

        var root = new RootCommand("Measures what an episode costs.") { Pipeline(), Publish(), Browse(), Stub(), new Command("micro", "BenchmarkDotNet; takes its options.") };
        return root.Parse(args).InvokeAsync();
    }

    private static Command Pipeline()
    {
        var usual = new PipelineOptions();
        var episodes = Number("--episodes", usual.Episodes, "Episodes that are measured.");
        var warmUp = Number("--warm-up", usual.WarmUp, "Episodes before that, until the processes are compiled.");
        var finished = Number("--finished", usual.Finished, "Finished episodes in the tables beside those of the warm-up: copies of them.");
        var concurrency = Number("--concurrency", usual.Concurrency, "Episodes on their way at once.");
        var pace = Number("--pace", usual.Pace, "Episodes a second in the paced phase; 0: no such phase.");
        var seconds = Number("--paced-seconds", usual.PacedSeconds, "Length of the paced phase.");
        var idle = Number("--idle-seconds", usual.IdleSeconds, "Length of the idle phase; 0: no such phase.");
        var statements = Number("--statements", usual.Statements, "Most frequent SQL statements that are printed.");
        var json = new Option<FileInfo?>("--json") { Description = "Where the figures are written." };
        var against = new Option<FileInfo?>("--against") { Description = "Figures of an earlier run, to which ratios are printed." };
        against.Validators.Add(result => // before the run, which takes minutes
        {
            try
            {
                _ = Figures.Read(result.GetValue(against)!);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
            {
                result.AddError($"--against needs a file that --json wrote: {failure.Message}");
            }
        });
        var command = new Command("pipeline", "Episodes through the real services.") { episodes, warmUp, finished, concurrency, pace, seconds, idle, statements, json, against };
        command.SetAction((arguments, cancellationToken) => PipelineRun.Execute(
            new PipelineOptions
            {
                Episodes = arguments.GetValue(episodes),
                WarmUp = arguments.GetValue(warmUp),
                Finished = arguments.GetValue(finished),
                Concurrency = arguments.GetValue(concurrency),
                Pace = arguments.GetValue(pace),
                PacedSeconds = arguments.GetValue(seconds),
                IdleSeconds = arguments.GetValue(idle),
                Statements = arguments.GetValue(statements),
                Json = arguments.GetValue(json),
                Against = arguments.GetValue(against),
            },
            cancellationToken));
        return command;
    }

    private static Command Publish()
    {
        var usual = new UploadOptions();
        var megabytes = Number("--megabytes", usual.Megabytes, "Length of the video.");
        var most = Number("--most-megabytes", usual.MostMegabytes, "The run fails if the publisher had more memory of its own.");
        var chunk = new Option<int?>("--chunk-size") { Description = "Bytes of a chunk; without it the service's own setting." };
        var command = new Command("publish", "Memory of the publisher while it uploads a large video.") { megabytes, most, chunk };
        command.SetAction((arguments, cancellationToken) => UploadRun.Execute(
            new UploadOptions
            {
                Megabytes = arguments.GetValue(megabytes),
                MostMegabytes = arguments.GetValue(most),
                ChunkSize = arguments.GetValue(chunk),
            },
            cancellationToken));
        return command;
    }

    private static Command Browse()
    {
        var usual = new BrowseOptions();
        var episodes = Number("--episodes", usual.Episodes, "Episodes in the tables.");
        var requests = Number("--requests", usual.Requests, "Times that each page is asked for.");
        var viewers = Number("--viewers", usual.Viewers, "Open pages in the live phase; 0: no such phase.");
        var minutes = Number("--minutes", usual.Minutes, "Length of the live phase.");
        var pace = Number("--pace", usual.Pace, "New episodes a second in the live phase.");
        var command = new Command("browse", "The console with many episodes and many viewers.") { episodes, requests, viewers, minutes, pace };
        command.SetAction((arguments, cancellationToken) => BrowseRun.Execute(
            new BrowseOptions
            {
                Episodes = arguments.GetValue(episodes),
                Requests = arguments.GetValue(requests),
                Viewers = arguments.GetValue(viewers),
                Minutes = arguments.GetValue(minutes),
                Pace = arguments.GetValue(pace),
            },
            cancellationToken));
        return command;
    }

    private static Command Stub()
    {
        var port = new Argument<int>("port");
        var command = new Command("stub", "Ittybit for the pipeline, in a process of its own.") { port };
        command.Hidden = true;
        command.SetAction((arguments, cancellationToken) => StubProvider.Serve(arguments.GetValue(port), cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, int usual, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };
}
