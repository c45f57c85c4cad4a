namespace Refit;

/// <summary>How the methods of an interface speak.</summary>
/// <remarks>
/// Upstream also has formatters of parameters and keys, collection formats, an authorization getter, a handler factory, request
/// options, the HTTP version and a factory for deserialization errors.
/// </remarks>
public class RefitSettings
{
    /// <summary>JSON, and an <see cref="ApiException"/> for every status that is no success.</summary>
    public RefitSettings() : this(new SystemTextJsonContentSerializer())
    {
    }

    /// <inheritdoc cref="RefitSettings()"/>
    /// <param name="contentSerializer">Instead of upstream's JSON.</param>
    public RefitSettings(IHttpContentSerializer contentSerializer)
    {
        ArgumentNullException.ThrowIfNull(contentSerializer);
        ContentSerializer = contentSerializer;
        ExceptionFactory = async response => response.IsSuccessStatusCode
            ? null
            : await ApiException.Create(response.RequestMessage!, response.RequestMessage!.Method, response, this);
    }

    /// <summary>Bodies in both directions.</summary>
    public IHttpContentSerializer ContentSerializer { get; set; }

    /// <summary>The exception that a response stands for; null: none. Not asked where a method returns the response itself.</summary>
    public Func<HttpResponseMessage, Task<Exception?>> ExceptionFactory { get; set; }

    /// <summary>True: bodies are buffered before they are sent, and so have a Content-Length.</summary>
    public bool Buffered { get; set; }
}
