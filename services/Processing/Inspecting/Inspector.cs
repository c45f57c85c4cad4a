using Microsoft.Extensions.Options;
using Podcast.Contracts;
using Podcast.Ittybit.Client;
using Podcast.Processing.Asking;
using Podcast.Processing.Outputs;

namespace Podcast.Processing.Inspecting;

/// <summary>Gets hold of an output: asks Ittybit about its file, and its server whether it is there.</summary>
internal sealed class Inspector(
    IIttybitApi ittybit, Provider provider, OutputDownload download, IOptions<InspectionOptions> options)
{
    /// <summary>What can be known about <paramref name="made"/>.</summary>
    /// <exception cref="OutputException">It cannot be had; transient when that may pass.</exception>
    public async Task<Exhibit> Inspect(EpisodeOutput made, CancellationToken cancellationToken)
    {
        var (kind, output) = made;
        var file = output.FileId is { Length: > 0 } fileId ? await Ask(fileId, output.Url, cancellationToken) : null;
        var address = file?.Url ?? output.Url ?? throw new OutputException("It has neither a file nor an address.", transient: file is not null);

        var limits = options.Value;
        if (kind == TaskKind.ChapterDetection)
        {
            var content = await download.Fetch("chapters", address, limits.MaxChapterBytes, limits.Timeout, cancellationToken);
            return new Exhibit(kind, file?.Type ?? output.ContentType, null, content.Length, ChapterReader.Read(content));
        }

        var (size, type) = await download.Look("file", address, limits.Timeout, cancellationToken);
        return new Exhibit(
            kind,
            file?.Type ?? output.ContentType ?? type,
            file?.Duration ?? output.DurationSeconds,
            size ?? file?.Filesize ?? output.Filesize);
    }

    /// <summary>The source's length in seconds, or null when nobody knows.</summary>
    /// <exception cref="OutputException">Ittybit cannot be asked just now.</exception>
    public async Task<double?> Length(EpisodeSource source, CancellationToken cancellationToken)
    {
        if (source.DurationSeconds is { } told || source.FileId is not { Length: > 0 } fileId)
            return source.DurationSeconds;

        try
        {
            return (await Ask(fileId, null, cancellationToken)).Duration;
        }
        catch (OutputException unknown) when (!unknown.Transient)
        {
            return null; // gone after use, perhaps: no yardstick, then
        }
    }

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
