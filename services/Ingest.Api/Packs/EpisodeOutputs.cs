using Podcast.Ingest.Api.Uploads;
using Podcast.Media;
using Podcast.ShowNotes;

namespace Podcast.Ingest.Api.Packs;

/// <summary>What Ittybit made of an episode: where the files are, and what the chapters are.</summary>
internal sealed class EpisodeOutputs(
    IIttybitApi ittybit, OutputDownload download, IOptions<UploadOptions> options, TimeProvider clock)
{
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Those that are complete and were not rejected.</summary>
    public static Dictionary<TaskKind, TaskOutput> Of(Episode episode) =>
        episode.Tasks.Where(task => task is { Status: TaskState.Completed, Metadata: not null, ErrorMessage: null })
            .ToDictionary(task => task.Type, task => JsonSerializer.Deserialize<TaskOutput>(task.Metadata!, Snapshots.Json)!);

    /// <summary>What cannot be had is left out; the list says why.</summary>
    public async Task<ChapterList> Chapters(Dictionary<TaskKind, TaskOutput> outputs, CancellationToken cancellationToken)
    {
        if (!outputs.TryGetValue(TaskKind.ChapterDetection, out var output))
            return new([], [], "the episode has no chapters");
        double?[] lengths = [.. new[] { TaskKind.AudioExtraction, TaskKind.VideoTranscode }
            .Select(kind => outputs.GetValueOrDefault(kind)?.DurationSeconds)];
        if (lengths.Min() is not > 0)
            return new([], [], "the length of the episode is unknown");
        if (await Address(output, cancellationToken) is not { } address)
            return new([], [], "the chapters have no address");
        try
        {
            var bytes = await download.Fetch("chapters", address, MostBytes, options.Value.CheckTimeout, cancellationToken);
            return ChapterCompiler.Compile(ChapterReader.Read(bytes).Chapters, TimeSpan.FromSeconds(lengths.Min()!.Value));
        }
        catch (OutputException trouble)
        {
            return new([], [], trouble.Message);
        }
    }

    /// <summary>An address that has not expired, if Ittybit answers in time.</summary>
    public async Task<Uri?> Address(TaskOutput output, CancellationToken cancellationToken)
    {
        if (output.FileId is not { Length: > 0 } file)
            return output.Url;
        using var limit = new CancellationTokenSource(options.Value.CheckTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return (await ittybit.GetFile(file, either.Token)).WebUrl ?? output.Url;
        }
        catch (Exception trouble) when (
            !cancellationToken.IsCancellationRequested && IttybitFailure.OfTrouble(trouble, clock) is not null)
        {
            return output.Url;
        }
    }
}
