using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <summary>A response that is no success, or one whose body cannot be read.</summary>
/// <remarks>Upstream makes a <c>ValidationApiException</c> of it when the body is problem+json.</remarks>
[SuppressMessage("Design", "CA1032", Justification = "Upstream's constructors")]
public class ApiException : Exception
{
    /// <summary>Use <see cref="Create(HttpRequestMessage, HttpMethod, HttpResponseMessage, RefitSettings, Exception?)"/>.</summary>
    protected ApiException(
        string exceptionMessage,
        HttpRequestMessage message,
        HttpMethod httpMethod,
        string? content,
        HttpStatusCode statusCode,
        string? reasonPhrase,
        HttpResponseHeaders headers,
        RefitSettings refitSettings,
        Exception? innerException = null)
        : base(exceptionMessage, innerException)
    {
        RequestMessage = message;
        HttpMethod = httpMethod;
        Content = content;
        StatusCode = statusCode;
        ReasonPhrase = reasonPhrase;
        Headers = headers;
        RefitSettings = refitSettings;
    }

    /// <summary>Of the response; a success where the body could not be read.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>Of the response.</summary>
    public string? ReasonPhrase { get; }

    /// <summary>Of the response.</summary>
    public HttpResponseHeaders Headers { get; }

    /// <summary>Of the response's body.</summary>
    public HttpContentHeaders? ContentHeaders { get; private set; }

    /// <summary>The response's body, as text.</summary>
    public string? Content { get; private set; }

    /// <summary>Whether there is a body.</summary>
    [MemberNotNullWhen(true, nameof(Content))]
    public bool HasContent => !string.IsNullOrWhiteSpace(Content);

    /// <summary>Of the request.</summary>
    public HttpMethod HttpMethod { get; }

    /// <summary>Of the request.</summary>
    public Uri? Uri => RequestMessage.RequestUri;

    /// <summary>As it was sent; disposed.</summary>
    public HttpRequestMessage RequestMessage { get; }

    /// <summary>What the interface was made with.</summary>
    public RefitSettings RefitSettings { get; }

    /// <summary>The body as an object.</summary>
    public async Task<T?> GetContentAsAsync<T>() =>
        HasContent ? await RefitSettings.ContentSerializer.FromHttpContentAsync<T>(new StringContent(Content)) : default;

    /// <summary>The exception for a response that is no success.</summary>
    public static Task<ApiException> Create(
        HttpRequestMessage message,
        HttpMethod httpMethod,
        HttpResponseMessage response,
        RefitSettings refitSettings,
        Exception? innerException = null) =>
        response.IsSuccessStatusCode
            ? throw new ArgumentException("A success is no exception.", nameof(response))
            : Create(
                $"Response status code does not indicate success: {(int)response.StatusCode} ({response.ReasonPhrase}).",
                message, httpMethod, response, refitSettings, innerException);

    /// <summary>The exception for any response, with a message of one's own.</summary>
    public static async Task<ApiException> Create(
        string exceptionMessage,
        HttpRequestMessage message,
        HttpMethod httpMethod,
        HttpResponseMessage response,
        RefitSettings refitSettings,
        Exception? innerException = null)
    {
        var exception = new ApiException(
            exceptionMessage, message, httpMethod, null, response.StatusCode, response.ReasonPhrase, response.Headers,
            refitSettings, innerException)
        {
            ContentHeaders = response.Content.Headers,
        };

        try
        {
            exception.Content = await response.Content.ReadAsStringAsync();
        }
        catch (Exception unreadable) when (unreadable is IOException or HttpRequestException or InvalidOperationException)
        {
            // The status is what matters: a broken body must not hide it.
        }

        return exception;
    }
}
