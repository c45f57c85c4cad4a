using System.Security.Cryptography;
using Podcast.Id3;
using Podcast.ShowNotes;
using Podcast.Transistor;

namespace Podcast.Publishing.Transistor;

/// <summary>
/// Streams the MP3 from its address to Transistor, with a tag that has the title and the chapters; the audio stays as it is. Nothing is
/// kept in memory or on disk.
/// </summary>
internal sealed class AudioTransfer(
    TransistorCalls transistor, AudioUploader uploader, SourceFiles sources, IOptions<PublishingOptions> options, TimeProvider clock)
{
    public async Task<(Uri AudioUrl, PublicationReceipt Receipt)> Send(
        Publication publication, string title, ChapterList chapters, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.AudioTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var output = publication.Output(TaskKind.AudioExtraction)!;
        var upload = (await transistor.Call(
            publication, api => api.AuthorizeUpload($"{publication.Reference}.mp3", either.Token), cancellationToken)).Data.Attributes;
        using var source = await sources.Open("audio", output, publication.Source, from: 0, length: null, either.Token);
        var tag = new Id3Tag(title, publication.Show.Name, ChapterFormats.Id3(chapters));
        await using var tagged = await TaggedMp3Stream.Open(source.Content, source.Total, tag, either.Token);
        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(tagged, hash, CryptoStreamMode.Read);
        try
        {
            await uploader.Send(upload, hashed, tagged.Length, either.Token);
        }
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested)
        {
            throw transistor.Meaning(TransistorFailure.Of(trouble));
        }

        var sha256 = hash.Hash is { } whole ? Convert.ToHexStringLower(whole) : null;
        return (upload.AudioUrl, new PublicationReceipt(Sent: tagged.Length, Total: tagged.Length, Source: source.Address, Sha256: sha256));
    }
}
