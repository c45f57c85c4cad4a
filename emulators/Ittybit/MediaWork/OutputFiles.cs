namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>Makes the records of outputs, measures them, and stores outputs that were not made with tools.</summary>
internal sealed class OutputFiles(
    SourceProbe probe, EmulatorDirectory directory, IOptions<IttybitEmulatorOptions> options, TimeProvider clock)
{
    private int VideoBytes => options.Value.SimulatedVideoBytes;

    /// <param name="object"><c>source</c>, <c>track</c> or <c>intelligence</c>.</param>
    /// <param name="format">The format, and the file extension unless <paramref name="extension"/> is given.</param>
    public StoredFile Describe(EmulatedTask task, string @object, string type, string format, string blob, string? extension = null)
    {
        var path = FilePath.Of(task.Folder ?? $"outputs/{task.Id}", task.Filename ?? $"{task.Ref ?? task.Kind}.{extension ?? format}");
        return new StoredFile(
            Id: blob.StartsWith("file_", StringComparison.Ordinal) ? blob : NewId.File(),
            MediaId: task.Input?.MediaId ?? "",
            Object: @object,
            IsOutput: true,
            Kind: task.Kind,
            Type: type,
            Format: format,
            Ref: task.Ref,
            Folder: path.Folder,
            Filename: path.Filename,
            Blob: blob,
            Created: clock.GetUtcNow(),
            Updated: clock.GetUtcNow());
    }

    /// <summary>
    /// Sets duration and dimensions as measured in the output; if the duration cannot be measured, the requested one is used.
    /// </summary>
    public async Task<StoredFile> Measure(StoredFile file, TimeSpan wanted, CancellationToken cancellationToken)
    {
        var made = (await probe.Look(directory.Blob(file.Blob), cancellationToken)).Media;
        return file with { Duration = Math.Round((made?.Duration ?? wanted).TotalSeconds, 3), Width = made?.Width, Height = made?.Height };
    }

    /// <summary>Sets file size and bitrate as measured on disk.</summary>
    public StoredFile Weigh(StoredFile file, bool hasRate)
    {
        var size = new FileInfo(directory.Blob(file.Blob)).Length;
        return file with { Filesize = size, Bitrate = hasRate && file.Duration > 0 ? (int?)(size * 8 / file.Duration) : null };
    }

    /// <summary>Stores a text and returns the name of its blob.</summary>
    public string Text(string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        return Shared("text-" + Convert.ToHexStringLower(SHA256.HashData(content)), stream => stream.Write(content));
    }

    /// <summary>The blob of a simulated video or sound, which equal ones share unless all have to differ.</summary>
    /// <param name="write">Writes it, as long as the number says or longer, with fillers of the generator; null: without any.</param>
    public string Simulated(EmulatedTask task, string name, Action<Stream, (Random Fillers, int Bytes)?> write) => VideoBytes == 0
        ? Shared(name, stream => write(stream, null))
        : Shared($"{task.Id}-{name}", stream => write(stream, (SeededBy(task.Id), VideoBytes)));

    private static Random SeededBy(string text) => new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    /// <summary>Writes a blob unless it exists: equal simulated outputs share one, also those of thousands of tasks.</summary>
    public string Shared(string name, Action<Stream> write)
    {
        if (File.Exists(directory.Blob(name)))
            return name;

        var work = directory.NewWorkFile();
        using (var stream = new BufferedStream(File.Create(work), 64 * 1024))
            write(stream);
        File.Move(work, directory.Blob(name), overwrite: true);
        return name;
    }
}
