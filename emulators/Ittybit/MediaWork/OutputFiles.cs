using System.Security.Cryptography;
using System.Text;
using Podcast.Emulators.Ittybit.Files;
using Podcast.Emulators.Ittybit.State;
using Podcast.Emulators.Ittybit.Tasks;

namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>The records and texts of outputs, and what can be measured of them.</summary>
internal sealed class OutputFiles(SourceProbe probe, EmulatorDirectory directory, TimeProvider clock)
{
    /// <param name="object"><c>source</c>, <c>track</c> or <c>intelligence</c>.</param>
    /// <param name="format">Also the extension, unless the format has another.</param>
    public StoredFile Describe(EmulatedTask task, string @object, string type, string format, string blob, string? extension = null)
    {
        var path = FilePath.Of(task.Folder ?? $"outputs/{task.Id}", task.Filename ?? $"{task.Ref ?? task.Kind}.{extension ?? format}");
        return new StoredFile
        {
            Id = blob.StartsWith("file_", StringComparison.Ordinal) ? blob : NewId.File(),
            MediaId = task.Input?.MediaId ?? "",
            Object = @object,
            IsOutput = true,
            Kind = task.Kind,
            Type = type,
            Format = format,
            Ref = task.Ref,
            Folder = path.Folder,
            Filename = path.Filename,
            Path = path.ToString(),
            Blob = blob,
            Created = clock.GetUtcNow(),
            Updated = clock.GetUtcNow(),
        };
    }

    /// <summary>Length and size as they came out; a length that nobody can measure is the wanted one.</summary>
    public async Task<StoredFile> Measure(StoredFile file, TimeSpan wanted, CancellationToken cancellationToken)
    {
        var made = (await probe.Look(directory.Blob(file.Blob), cancellationToken)).Media;
        return file with { Duration = Math.Round((made?.Duration ?? wanted).TotalSeconds, 3), Width = made?.Width, Height = made?.Height };
    }

    /// <summary>The record with the bytes that are really there.</summary>
    public StoredFile Weigh(StoredFile file)
    {
        var size = new FileInfo(directory.Blob(file.Blob)).Length;
        var hasRate = file.Kind is TaskKinds.Audio or TaskKinds.Video && file.Duration > 0;
        return file with { Filesize = size, Bitrate = hasRate ? (int?)(size * 8 / file.Duration) : null };
    }

    /// <summary>The blob with that text; equal texts share one.</summary>
    public string Text(string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var name = "text-" + Convert.ToHexStringLower(SHA256.HashData(content));
        if (File.Exists(directory.Blob(name)))
            return name;

        var work = directory.NewWorkFile();
        File.WriteAllBytes(work, content);
        File.Move(work, directory.Blob(name), overwrite: true);
        return name;
    }
}
