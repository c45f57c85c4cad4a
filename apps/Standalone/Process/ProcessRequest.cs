using Podcast.Contracts;

namespace Podcast.Standalone.Process;

/// <summary>The arguments of <c>process</c>.</summary>
internal sealed record ProcessRequest(
    FileInfo File, string? Title, IReadOnlyList<TaskKind> Tasks, DirectoryInfo? Output, DirectoryInfo Data, bool Verbose)
{
    public string EpisodeTitle => Title ?? Path.GetFileNameWithoutExtension(File.Name);

    public DirectoryInfo OutputDirectory => Output ?? new DirectoryInfo(Path.Combine("output", Path.GetFileNameWithoutExtension(File.Name)));
}
