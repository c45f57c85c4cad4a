namespace Podcast.Standalone.Process;

/// <summary>Downloads the outputs into the output directory.</summary>
internal static class Results
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["audio_extraction"] = "audio",
        ["video_transcode"] = "video",
        ["transcript_generation"] = "transcript",
        ["chapter_detection"] = "chapters",
    };

    public static async Task<IReadOnlyList<FileInfo>> Fetch(
        EpisodeAnswer episode, DirectoryInfo directory, PodcastClient podcast, CancellationToken cancellationToken)
    {
        directory.Create();
        var files = new List<FileInfo>();
        foreach (var task in episode.Tasks.Where(task => task is { Status: "completed", OutputUrl: not null }))
        {
            var output = new Uri(task.OutputUrl!);
            var file = new FileInfo(Path.Combine(directory.FullName, Names[task.Type] + Path.GetExtension(output.AbsolutePath)));
            await podcast.Download(output, file, cancellationToken);
            files.Add(file);

            if (task.Type == "transcript_generation")
                files.AddRange(await Transcripts(episode.Id, directory, podcast, cancellationToken));
        }

        files.ForEach(file => file.Refresh());
        return files;
    }

    private static async Task<IReadOnlyList<FileInfo>> Transcripts(
        Guid episodeId, DirectoryInfo directory, PodcastClient podcast, CancellationToken cancellationToken)
    {
        var files = new List<FileInfo>();
        foreach (var (format, ending) in new[] { ("text", "txt"), ("vtt", "vtt") })
        {
            var file = new FileInfo(Path.Combine(directory.FullName, $"transcript.{ending}"));
            await File.WriteAllTextAsync(file.FullName, await podcast.Transcript(episodeId, format, cancellationToken), cancellationToken);
            files.Add(file);
        }

        return files;
    }
}
