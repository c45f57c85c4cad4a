using Podcast.Contracts;

namespace Podcast.Standalone.Process;

/// <summary>Downloads the outputs into the output directory.</summary>
internal static class Results
{
    public static async Task<IEnumerable<FileInfo>> Fetch(
        EpisodeAnswer episode, DirectoryInfo directory, PodcastClient podcast, CancellationToken cancellationToken)
    {
        directory.Create();
        var files = new List<string>();
        foreach (var task in episode.Tasks.Where(task => task is { Status: "completed", OutputUrl: not null }))
        {
            var kind = TaskKindNames.Parse(task.Type)!.Value;
            var name = kind.ShortName() + Path.GetExtension(task.OutputUrl!.AbsolutePath);
            await podcast.Download(task.OutputUrl, Add(name), cancellationToken);
            if (kind != TaskKind.TranscriptGeneration)
                continue;

            foreach (var (format, ending) in new[] { ("text", "txt"), ("vtt", "vtt") })
                await File.WriteAllTextAsync(
                    Add($"transcript.{ending}"), await podcast.Transcript(episode.Id, format, cancellationToken), cancellationToken);
        }

        return files.Select(file => new FileInfo(file));

        string Add(string name)
        {
            files.Add(Path.Combine(directory.FullName, name));
            return files[^1];
        }
    }
}
