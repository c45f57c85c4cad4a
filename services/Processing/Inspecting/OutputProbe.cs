using System.Numerics;

namespace Podcast.Processing.Inspecting;

/// <summary>
/// Collects the facts about an output: asks Ittybit for its file, and requests its first bytes from its server.
/// </summary>
internal sealed class OutputProbe(
    IIttybitApi ittybit, IttybitGateway provider, OutputDownload download, IOptions<InspectionOptions> options)
{
    /// <summary>Collects the facts about <paramref name="made"/>.</summary>
    /// <exception cref="OutputException">It cannot be fetched; transient if a later round may succeed.</exception>
    public async Task<OutputFacts> Inspect(EpisodeOutput made, CancellationToken cancellationToken)
    {
        var (kind, output) = made;
        var file = output.FileId is { Length: > 0 } fileId ? await Ask(fileId, output.Url, cancellationToken) : null;
        var address = file?.Url ?? output.Url ?? throw new OutputException("It has neither a file nor an address.", transient: file is not null);

        var limits = options.Value;
        if (kind == TaskKind.ChapterDetection)
        {
            var content = await download.Fetch("chapters", address, limits.MaxChapterBytes, limits.Timeout, cancellationToken);
            var (chapters, note) = ChapterReader.Read(content);
            return new OutputFacts(kind, null, null, content.Length, null, chapters, note);
        }

        var served = await download.Look("file", address, limits.Timeout, cancellationToken);
        var bytes = Known(file?.Filesize) ?? Known(output.Filesize);
        CheckServed(kind, served, bytes);
        return new OutputFacts(
            kind,
            file?.Type ?? output.ContentType ?? served.Type,
            Known(file?.Duration) ?? Known(output.DurationSeconds),
            served.Bytes ?? bytes,
            served.Content);
    }

    /// <summary>The duration of the source in seconds, or null if unknown.</summary>
    /// <exception cref="OutputException">Ittybit cannot be asked now.</exception>
    public async Task<double?> Length(EpisodeSource source, CancellationToken cancellationToken)
    {
        if (Known(source.DurationSeconds) is { } told)
            return told;
        if (source.FileId is not { Length: > 0 } fileId)
            return null;

        try
        {
            return Known((await Ask(fileId, null, cancellationToken)).Duration);
        }
        catch (OutputException unknown) when (!unknown.Transient)
        {
            return null; // the source may have been deleted after use: no duration to compare with
        }
    }

    /// <summary>
    /// Throws if the server sends an error page, or less than reported. Both are transient: the file may not be replicated
    /// completely yet.
    /// </summary>
    private void CheckServed(TaskKind kind, ServedOutput served, long? described)
    {
        var isMedia = kind is TaskKind.AudioExtraction or TaskKind.VideoTranscode;
        if (served is { Bytes: not 0, Content: { Nature: ContentNature.Page or ContentNature.Text } content }
            && (isMedia || content.Nature == ContentNature.Page))
            throw new OutputException($"Its address gives {content.Name}.", transient: true, missing: true);
        if (isMedia && served.Bytes is > 0 and var bytes && bytes < described * (1 - (options.Value.TolerancePercent / 100)))
            throw new OutputException($"Its address gives {bytes} bytes, it should have {described}.", transient: true, missing: true);
    }

    /// <summary>A duration or size of 0 or less means unknown.</summary>
    private static T? Known<T>(T? number)
        where T : struct, INumber<T> => number > T.Zero ? number : null;

    /// <summary>The file; if Ittybit does not have it, a file with only the <paramref name="address"/>.</summary>
    private async Task<IttybitFile> Ask(string fileId, Uri? address, CancellationToken cancellationToken)
    {
        var answer = await provider.Try(token => ittybit.GetFile(fileId, token), cancellationToken);
        if (answer.Failure is { Kind: IttybitFailureKind.Final } && address is not null)
            return new IttybitFile { Id = fileId, Url = address };
        if (answer.Failure is { } failure)
            throw new OutputException(
                failure.Message,
                transient: failure.Kind != IttybitFailureKind.Final,
                until: failure.Kind == IttybitFailureKind.LaneBlocked ? provider.OpenAgain(failure) : null);

        return answer.Value!.Status switch
        {
            "failed" => throw new OutputException("Ittybit says that its file failed.", transient: false),
            "waiting" or "processing" => throw new OutputException("Its file is not ready yet.", transient: true),
            _ => answer.Value,
        };
    }
}
