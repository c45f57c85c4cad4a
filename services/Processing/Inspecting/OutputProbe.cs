using System.Numerics;
using Microsoft.Extensions.Options;
using Podcast.Contracts;
using Podcast.Ittybit;
using Podcast.Processing.Asking;
using Podcast.Processing.Outputs;

namespace Podcast.Processing.Inspecting;

/// <summary>Gets hold of an output: asks Ittybit about its file, and its server whether it is there.</summary>
internal sealed class OutputProbe(
    IIttybitApi ittybit, IttybitGateway provider, OutputDownload download, IOptions<InspectionOptions> options)
{
    /// <summary>What can be known about <paramref name="made"/>.</summary>
    /// <exception cref="OutputException">It cannot be had; transient when that may pass.</exception>
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

    /// <summary>The source's length in seconds, or null when nobody knows.</summary>
    /// <exception cref="OutputException">Ittybit cannot be asked just now.</exception>
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
            return null; // gone after use, perhaps: no yardstick, then
        }
    }

    /// <summary>An error in the place of the file may pass, as may a copy that is not whole yet: those are worth another round.</summary>
    private void CheckServed(TaskKind kind, ServedOutput served, long? described)
    {
        var isMedia = kind is TaskKind.AudioExtraction or TaskKind.VideoTranscode;
        if (served is { Bytes: not 0, Content: { Nature: ContentNature.Page or ContentNature.Text } content }
            && (isMedia || content.Nature == ContentNature.Page))
            throw new OutputException($"Its address gives {content.Name}.", transient: true, missing: true);
        if (isMedia && served.Bytes is > 0 and var bytes && bytes < described * (1 - (options.Value.TolerancePercent / 100)))
            throw new OutputException($"Its address gives {bytes} bytes, it should have {described}.", transient: true, missing: true);
    }

    /// <summary>A length or size of nothing, or less, is how some say that they do not know.</summary>
    private static T? Known<T>(T? number)
        where T : struct, INumber<T> => number > T.Zero ? number : null;

    /// <summary>The file; where Ittybit has none to show, what is known by its <paramref name="address"/> must do.</summary>
    private async Task<IttybitFile> Ask(string fileId, Uri? address, CancellationToken cancellationToken)
    {
        var answer = await provider.Ask(token => ittybit.GetFile(fileId, token), cancellationToken);
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
