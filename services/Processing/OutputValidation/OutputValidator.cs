using System.Numerics;

namespace Podcast.Processing.OutputValidation;

/// <summary>
/// Holds an output against the rule of its kind: asks Ittybit for its file, and its server for its first bytes.
/// </summary>
internal sealed class OutputValidator(
    IEnumerable<OutputRule> rules, IIttybitApi ittybit, IttybitGateway provider, OutputDownload download, IOptions<OutputOptions> options)
{
    /// <summary>Returns the objection to an output, or null and a note about harmless oddities.</summary>
    /// <param name="source">The duration of the source in seconds, or null.</param>
    /// <exception cref="OutputException">It cannot be fetched; transient if a later round may succeed.</exception>
    public async Task<(string? Objection, string? Note)> Validate(EpisodeOutput made, double? source, CancellationToken cancellationToken)
    {
        var (rule, output, limits) = (rules.Single(rule => rule.Kind == made.Kind), made.Output, options.Value);
        var file = output.FileId is { Length: > 0 } fileId ? await Ask(fileId, output.Url, cancellationToken) : null;
        var address = file?.Url ?? output.Url
            ?? throw new OutputException("It has neither a file nor an address.", transient: file is not null);
        if (rule.Read is { } read)
        {
            var content = await download.Fetch("chapters", address, limits.MaxChapterBytes, limits.Timeout, cancellationToken);
            return read(content, source, limits);
        }

        var served = await download.Look("file", address, limits.Timeout, cancellationToken);
        var bytes = Known(file?.Filesize) ?? Known(output.Filesize);
        CheckServed(rule, served, bytes);
        var facts = new OutputFacts(
            file?.Type ?? output.ContentType ?? served.Type,
            Known(file?.Duration) ?? Known(output.DurationSeconds),
            served.Bytes ?? bytes,
            served.Content);
        return (rule.Objection(facts, source, limits), null);
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
    private void CheckServed(OutputRule rule, ServedOutput served, long? described)
    {
        if (served is { Bytes: not 0, Content: { Nature: ContentNature.Page or ContentNature.Text } content }
            && (rule.IsMedia || content.Nature == ContentNature.Page))
            throw new OutputException($"Its address gives {content.Name}.", transient: true, missing: true);
        if (rule.IsMedia && served.Bytes is > 0 and var bytes && bytes < described * (1 - (options.Value.TolerancePercent / 100)))
            throw new OutputException($"Its address gives {bytes} bytes, it should have {described}.", transient: true, missing: true);
    }

    /// <summary>The file; if Ittybit does not have it, a file with only the <paramref name="address"/>.</summary>
    private async Task<IttybitFile> Ask(string fileId, Uri? address, CancellationToken cancellationToken)
    {
        var answer = await provider.Calls.Try(token => ittybit.GetFile(fileId, token), cancellationToken);
        if (answer.Failure is { Kind: IttybitFailureKind.Final } && address is not null)
            return new IttybitFile { Id = fileId, Url = address };
        if (answer.Failure is { } failure)
            throw provider.Unavailable(failure);

        return answer.Value!.Status switch
        {
            "failed" => throw new OutputException("Ittybit says that its file failed.", transient: false),
            "waiting" or "processing" => throw new OutputException("Its file is not ready yet.", transient: true),
            _ => answer.Value,
        };
    }

    /// <summary>A duration or size of 0 or less means unknown.</summary>
    private static T? Known<T>(T? number)
        where T : struct, INumber<T> => number > T.Zero ? number : null;
}
