using System.Net.Http.Headers;

namespace Podcast.Transistor;

/// <summary>Sends audio to the address of an <see cref="AudioUpload"/>, which is another host's than the API's.</summary>
public sealed class AudioUploader(HttpClient http)
{
    /// <summary>Sends the file, read once and never whole in memory. It has no time limit of its own.</summary>
    /// <param name="length">Of <paramref name="content"/>, in bytes.</param>
    /// <exception cref="HttpRequestException">It was refused, as after 10 minutes, or the host was not reached.</exception>
    public async Task Send(AudioUpload upload, Stream content, long length, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, upload.UploadUrl) { Content = new StreamContent(content) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(upload.ContentType);
        request.Content.Headers.ContentLength = length;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException("The upload was refused.", null, response.StatusCode);
    }
}
