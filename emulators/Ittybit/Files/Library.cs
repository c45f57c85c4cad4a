using Microsoft.AspNetCore.StaticFiles;
using Podcast.Emulators.Ittybit.Media;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>Adds and deletes files, content and record together.</summary>
internal sealed class Library(
    StateFile state, FileStore files, MediaStore media, EmulatorDirectory directory, SourceProbe probe, TimeProvider clock)
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>
    /// Adds an uploaded or fetched file. Without a <see cref="SourceDetails.MediaId"/> it gets a new media object, as on Ittybit.
    /// </summary>
    /// <param name="content">The path of a work file, which is moved.</param>
    public async Task<StoredFile> AddSource(FilePath path, string content, SourceDetails details, CancellationToken cancellationToken)
    {
        var id = NewId.File();
        var found = (await probe.Look(content, cancellationToken)).Media;
        var size = new FileInfo(content).Length;
        File.Move(content, directory.Blob(id));

        return state.Change(_ => files.Add(new StoredFile(
            Id: id,
            MediaId: details.MediaId ?? media.Add().Id,
            Object: "source",
            Kind: found?.Kind,
            Type: found?.Type ?? (Types.TryGetContentType(path.Filename, out var type) ? type : "application/octet-stream"),
            Width: found?.Width,
            Height: found?.Height,
            Duration: found?.Duration is { } length ? Math.Round(length.TotalSeconds, 3) : null,
            Filesize: size,
            Ref: details.Ref ?? "original",
            Folder: path.Folder,
            Filename: path.Filename,
            Blob: id,
            Metadata: details.Metadata,
            Created: clock.GetUtcNow(),
            Updated: clock.GetUtcNow())));
    }

    /// <summary>Deletes a file. Content that other files share is kept.</summary>
    public void Delete(StoredFile file)
    {
        files.Delete(file.Id);
        if (file.Blob == file.Id)
            File.Delete(directory.Blob(file.Blob));
    }

    public void Delete(StoredMedia one)
    {
        foreach (var file in files.OfMedia(one.Id))
            Delete(file);
        media.Delete(one.Id);
    }
}

/// <summary>The optional details of a new file.</summary>
internal readonly record struct SourceDetails(string? MediaId, string? Ref, JsonObject? Metadata);
