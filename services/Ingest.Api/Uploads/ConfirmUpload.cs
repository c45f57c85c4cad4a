namespace Podcast.Ingest.Api.Uploads;

/// <summary>The body of <c>POST /episodes/{id}/confirm-upload</c>.</summary>
/// <param name="IttybitFileId">The file id from Ittybit's response to the upload.</param>
internal sealed record ConfirmUpload([property: JsonPropertyName("ittybit_file_id")] string IttybitFileId) : IRequest<ConfirmUpload>
{
    public const string Field = "ittybit_file_id";

    public static ConfirmUpload Read(RequestFields fields, IServiceProvider services)
    {
        var id = fields.Text(Field, EpisodeTexts.LongestFileId);
        if (!id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            fields.AddError(Field, "is not a file id of Ittybit's: letters, digits, _ and - only.");

        return new ConfirmUpload(id);
    }
}
