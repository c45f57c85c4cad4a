namespace Podcast.Emulators.Ittybit.Sources;

/// <summary>Opens the source of a task: a stored file, or a URL that is fetched for it.</summary>
internal sealed class SourceCache(
    EmulatorDirectory directory, FileStore files, Addresses addresses, Fetcher fetcher, SourceProbe probe,
    IOptions<IttybitEmulatorOptions> options)
{
    /// <exception cref="TaskProblem">The source is missing or is not a media file.</exception>
    public async Task<OpenSource> Open(EmulatedTask task, CancellationToken cancellationToken)
    {
        var stored = task.Input ?? (addresses.SourcePathOf(task) is { } path ? files.At(path) : null);
        if (stored is not null)
            return await Open(directory.Blob(stored.Blob), isTemporary: false, cancellationToken);
        if (options.Value.AssumedSourceLength is { } length)
            return new OpenSource(null, new SourceMedia("video", "video/mp4", length, 1280, 720, HasAudio: true), IsTemporary: false);
        return await Open(await fetcher.Fetch(task.SourceUrl!, cancellationToken), isTemporary: true, cancellationToken);
    }

    private async Task<OpenSource> Open(string path, bool isTemporary, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new TaskProblem("invalid_input: the source file was deleted.");

        var look = await probe.Look(path, cancellationToken);
        var source = new OpenSource(path, look.Media!, isTemporary);
        if (look.Media is not null)
            return source;

        source.Dispose();
        throw new TaskProblem(look.Problem!);
    }
}

/// <summary>An opened source. Disposing it deletes a fetched file.</summary>
/// <param name="Path">Null if the source is assumed (<see cref="IttybitEmulatorOptions.AssumedSourceLength"/>).</param>
internal sealed record OpenSource(string? Path, SourceMedia Media, bool IsTemporary) : IDisposable
{
    public void Dispose()
    {
        if (IsTemporary)
            File.Delete(Path!);
    }
}
