namespace Podcast.Ingest.Api.Uploads;

/// <summary>The body of <c>POST /episodes/prepare-upload</c>.</summary>
/// <param name="Filename">The name on the uploader's disk, without a path.</param>
/// <param name="Filesize">Bytes, up to 256 GB.</param>
/// <param name="Tasks">The outputs to make; null means audio, video and transcript.</param>
internal sealed record PrepareUpload(
    string Filename, string Title, long Filesize, string? Description, IReadOnlyList<TaskKind>? Tasks) : IRequest<PrepareUpload>
{
    public const long LargestFile = 256L << 30;

    public static PrepareUpload Read(RequestFields fields, IServiceProvider services)
    {
        var filename = fields.Text("filename", EpisodeTexts.LongestFilename);
        if (filename is "." or ".." || filename.AsSpan().IndexOfAny('/', '\\') >= 0)
            fields.AddError("filename", "must be a plain file name, without a path.");

        return new PrepareUpload(
            filename,
            fields.Text("title", EpisodeTexts.LongestTitle),
            fields.WholeNumber("filesize", 1, LargestFile),
            fields.OptionalText("description", EpisodeTexts.LongestDescription, lines: true),
            fields.Tasks("tasks"));
    }
}
