using System.Text;

namespace Podcast.Processing.Consumers;

/// <summary>Downloads the finished transcript and publishes its text.</summary>
internal sealed class CollectTranscriptConsumer(
    IIttybitApi ittybit, IttybitGateway provider, OutputDownload download, IOptions<TranscriptOptions> options, TimeProvider clock,
    ILogger<CollectTranscriptConsumer> logger) : IConsumer<CollectTranscript>
{
    public async Task Consume(ConsumeContext<CollectTranscript> context)
    {
        var (episodeId, round, output) = context.Message;
        try
        {
            var (text, language, lines, note) = await Collect(output, context.CancellationToken);
            logger.TranscriptCollected(episodeId, text.Length, lines.Count);
            await context.PublishUntilConfirmed(
                new TranscriptCollected(episodeId, round, text, language, lines, clock.GetUtcNow(), note), clock);
        }
        catch (OutputException trouble)
        {
            logger.TranscriptRejected(episodeId, trouble.Transient, trouble.Message);
            await context.PublishUntilConfirmed(
                new TranscriptRejected(episodeId, round, trouble.Message, trouble.Transient, clock.GetUtcNow(), trouble.Until), clock);
        }
    }

    private async Task<Transcript> Collect(TaskOutput output, CancellationToken cancellationToken)
    {
        var (address, limits) = (await Address(output, cancellationToken), options.Value);
        var content = await download.Fetch("transcript", address, limits.MaxBytes, limits.Timeout, cancellationToken);
        var transcript = TranscriptReader.Read(content);
        var lines = transcript.Lines.Sum(line => 150L + Encoding.UTF8.GetByteCount(line.Text));
        return lines + Encoding.UTF8.GetByteCount(transcript.Text) <= limits.MaxMessageBytes
            ? transcript
            : throw new OutputException($"The transcript has more than {limits.MaxMessageBytes} bytes of words.", transient: false);
    }

    /// <summary>
    /// A fresh address, since the one in the output may have expired; the latter if Ittybit cannot be asked for the file.
    /// </summary>
    private async Task<Uri> Address(TaskOutput output, CancellationToken cancellationToken)
    {
        if (output.FileId is not { Length: > 0 } fileId)
            return output.Url ?? throw new OutputException("The transcript has neither a file nor an address.", transient: false);

        var file = await provider.Try(token => ittybit.GetFile(fileId, token), cancellationToken);
        return file.Value?.Url ?? output.Url ?? throw (file.Failure is { } failure
            ? provider.Unavailable(failure)
            : new OutputException("The transcript's file has no address.", transient: true));
    }
}
