using System.CommandLine;
using System.CommandLine.Parsing;
using System.Data.Common;
using Podcast.Contracts;
using Podcast.Hosting.Startup;
using Podcast.Standalone.Process;

namespace Podcast.Standalone;

/// <summary>The commands of the command line.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, TaskKind> TaskWords =
        TaskKindNames.ShortNames.ToDictionary(kind => kind.Value, kind => kind.Key, StringComparer.OrdinalIgnoreCase);

    private static readonly IReadOnlyList<TaskKind> DefaultTasks =
        [TaskKind.AudioExtraction, TaskKind.VideoTranscode, TaskKind.TranscriptGeneration, TaskKind.ChapterDetection];

    public static RootCommand Root()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Where episodes and the emulator's files are kept.",
            DefaultValueFactory = _ => new DirectoryInfo("data"),
            Recursive = true,
        };
        var verbose = new Option<bool>("--verbose") { Description = "Log everything, to the error stream.", Recursive = true };
        var root = new RootCommand(
            "One raw video in; an MP3, a 1080p MP4, a transcript and chapters out. Without a verb: serve everything on one port.")
        {
            data,
            verbose,
            Process(data, verbose),
        };
        root.SetAction((arguments, cancellationToken) => Explained(
            Serve.Run(arguments.GetValue(data)!, arguments.GetValue(verbose), cancellationToken), cancellationToken));
        return root;
    }

    private static Command Process(Option<DirectoryInfo> data, Option<bool> verbose)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The raw video." };
        file.Validators.Add(VideoFile.Validate);
        var title = new Option<string?>("--title") { Description = "The episode's title; the file's name if not given." };
        title.Validators.Add(result =>
        {
            if (result.GetValue(title) is { } words && (string.IsNullOrWhiteSpace(words) || words.Length > 200))
                result.AddError("--title must have 1 to 200 characters.");
        });

        // No DefaultValueFactory, because the help would show the enum's names, which are not accepted.
        var tasks = new Option<IReadOnlyList<TaskKind>>("--tasks")
        {
            Description = $"What to make, comma-separated. [default: {string.Join(',', DefaultTasks.Select(kind => kind.ShortName()))}]",
            CustomParser = ParseTasks,
        };
        var publish = new Option<IReadOnlyList<PublishingChannel>>("--publish")
        {
            Description = $"Where to publish it, comma-separated: {string.Join(", ", WireNames<PublishingChannel>.All)}. Default: nowhere.",
            CustomParser = ParseChannels,
        };
        var output = new Option<DirectoryInfo?>("--output") { Description = "Where the results go; output/<file name> if not given." };

        var process = new Command("process", "Run one episode from upload to processed and fetch the results.")
        {
            file, title, tasks, publish, output,
        };
        process.SetAction((arguments, cancellationToken) => Explained(ProcessCommand.Run(
            new ProcessRequest(
                arguments.GetValue(file)!,
                arguments.GetValue(title),
                arguments.GetValue(tasks) ?? (arguments.GetValue(publish) is null ? DefaultTasks : [.. DefaultTasks, TaskKind.Thumbnail]),
                arguments.GetValue(publish) ?? [],
                arguments.GetValue(output),
                arguments.GetValue(data)!,
                arguments.GetValue(verbose)),
            cancellationToken), cancellationToken));
        return process;
    }

    /// <summary>Failures that the user can correct become one line of text instead of an exception.</summary>
    private static async Task<int> Explained(Task<int> command, CancellationToken cancellationToken)
    {
        try
        {
            return await command;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("podcast: stopped; the next run with the same --data goes on with it.");
            return ExitCodes.Stopped;
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or HttpRequestException or UriFormatException or DbException
            || StartFailure.Describe(failure) is not null)
        {
            await Console.Error.WriteLineAsync($"podcast: {StartFailure.Describe(failure) ?? failure.Message}");
            return ExitCodes.Failed;
        }
    }

    private static List<PublishingChannel>? ParseChannels(ArgumentResult result)
    {
        var words = result.Tokens.SelectMany(token => token.Value.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries)).ToList();
        if (words.Find(word => WireNames<PublishingChannel>.Find(word) is null) is { } unknown)
        {
            result.AddError($"--publish knows no '{unknown}', only {string.Join(", ", WireNames<PublishingChannel>.All)}.");
            return null;
        }

        return words.Distinct().Select(WireNames<PublishingChannel>.Parse).ToList();
    }

    private static List<TaskKind>? ParseTasks(ArgumentResult result)
    {
        var words = result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries)).ToList();
        if (words.Find(word => !TaskWords.ContainsKey(word)) is { } unknown)
        {
            result.AddError($"--tasks knows no '{unknown}', only {string.Join(", ", TaskWords.Keys)}.");
            return null;
        }

        return words.Distinct(StringComparer.OrdinalIgnoreCase).Select(word => TaskWords[word]).ToList();
    }
}
