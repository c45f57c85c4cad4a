using System.Text;
using Podcast.Media;

namespace Podcast.Ingest.Api.Transcripts;

/// <summary>Section <c>Transcripts</c>: limits for fetching finished transcripts.</summary>
public sealed class TranscriptOptions
{
    /// <summary>Largest file that is downloaded, in bytes.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Largest transcript that is stored, in bytes: text and lines, with 150 bytes for the times of each.</summary>
    [Range(1024, 128 * 1024 * 1024)]
    public int MaxStoredBytes { get; set; } = 12 * 1024 * 1024;

    /// <summary>Timeout of the complete download.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time until a transcript is asked for again whose file Ittybit's lane refused.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromHours(1);
}

/// <summary>Fetches a finished transcript from Ittybit's server.</summary>
internal sealed class TranscriptCollector(
    IIttybitApi ittybit, IttybitCalls calls, OutputDownload download, IOptions<TranscriptOptions> options)
{
    private const long LineBytes = 150; // of the JSON around its words

    /// <summary>
    /// Downloads and reads the transcript. Asks Ittybit for the file, which takes a turn of its lane, only if the output has no address
    /// or cannot be read there: it may have expired.
    /// </summary>
    /// <exception cref="OutputException">It cannot be fetched, or is none.</exception>
    public async Task<Media.Transcript> Collect(TaskOutput output, CancellationToken cancellationToken)
    {
        if (output.Url is not { } given)
            return await Read(await Address(output.FileId, cancellationToken), cancellationToken);

        try
        {
            return await Read(given, cancellationToken);
        }
        catch (OutputException) when (output.FileId is { Length: > 0 })
        {
            var file = await calls.Try(token => ittybit.GetFile(output.FileId, token), cancellationToken);
            if (file.Value?.Url is not { } fresh || fresh == given)
                throw;
            return await Read(fresh, cancellationToken);
        }
    }

    private async Task<Media.Transcript> Read(Uri address, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        var content = await download.Fetch("transcript", address, limits.MaxBytes, limits.Timeout, cancellationToken);
        var transcript = TranscriptReader.Read(content);
        var lines = transcript.Lines.Sum(line => LineBytes + Encoding.UTF8.GetByteCount(line.Text));
        return lines + Encoding.UTF8.GetByteCount(transcript.Text) <= limits.MaxStoredBytes
            ? transcript
            : throw new OutputException($"The transcript has more than {limits.MaxStoredBytes} bytes of words.", transient: false);
    }

    private async Task<Uri> Address(string? fileId, CancellationToken cancellationToken)
    {
        if (fileId is not { Length: > 0 })
            throw new OutputException("The transcript has neither a file nor an address.", transient: false);

        var file = await calls.Try(token => ittybit.GetFile(fileId, token), cancellationToken);
        return file.Value?.Url ?? throw (file.Failure is { } failure
            ? new OutputException(
                failure.Message,
                transient: failure.Kind != IttybitFailureKind.Final,
                until: failure.Kind == IttybitFailureKind.LaneBlocked ? calls.OpenAgain(failure, options.Value.LongestWait) : null)
            : new OutputException("The transcript's file has no address.", transient: true));
    }
}
