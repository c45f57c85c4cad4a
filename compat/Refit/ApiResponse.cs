using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <summary>A response with its status and headers. A status that is no success throws nothing here.</summary>
public interface IApiResponse : IDisposable
{
    /// <summary>Of the response.</summary>
    HttpResponseHeaders Headers { get; }

    /// <summary>Of the response's body.</summary>
    HttpContentHeaders? ContentHeaders { get; }

    /// <summary>Whether the status is 2xx.</summary>
    bool IsSuccessStatusCode { get; }

    /// <summary>Whether the status is 2xx and the body could be read.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    bool IsSuccessful { get; }

    /// <summary>Of the response.</summary>
    HttpStatusCode StatusCode { get; }

    /// <summary>Of the response.</summary>
    string? ReasonPhrase { get; }

    /// <summary>As it was sent; disposed.</summary>
    HttpRequestMessage? RequestMessage { get; }

    /// <summary>HTTP version of the response.</summary>
    Version Version { get; }

    /// <summary>What a method that returns the body itself would have thrown.</summary>
    ApiException? Error { get; }
}

/// <inheritdoc/>
public interface IApiResponse<out T> : IApiResponse
{
    /// <summary>The body; null where there is an <see cref="IApiResponse.Error"/>.</summary>
    T? Content { get; }
}

/// <inheritdoc cref="IApiResponse{T}"/>
public sealed class ApiResponse<T>(HttpResponseMessage response, T? content, RefitSettings settings, ApiException? error = null)
    : IApiResponse<T>
{
    /// <inheritdoc/>
    public T? Content { get; } = content;

    /// <summary>What the interface was made with.</summary>
    public RefitSettings Settings { get; } = settings;

    /// <inheritdoc/>
    public HttpResponseHeaders Headers => response.Headers;

    /// <inheritdoc/>
    public HttpContentHeaders? ContentHeaders => response.Content.Headers;

    /// <inheritdoc/>
    public bool IsSuccessStatusCode => response.IsSuccessStatusCode;

    /// <inheritdoc/>
    [MemberNotNullWhen(true, nameof(Content))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccessful => IsSuccessStatusCode && Error is null;

    /// <inheritdoc/>
    public HttpStatusCode StatusCode => response.StatusCode;

    /// <inheritdoc/>
    public string? ReasonPhrase => response.ReasonPhrase;

    /// <inheritdoc/>
    public HttpRequestMessage? RequestMessage => response.RequestMessage;

    /// <inheritdoc/>
    public Version Version => response.Version;

    /// <inheritdoc/>
    public ApiException? Error { get; } = error;

    /// <summary>Throws the <see cref="Error"/> there is, a body that could not be read included.</summary>
    public Task<ApiResponse<T>> EnsureSuccessfulAsync() => EnsureAsync(IsSuccessful);

    /// <summary>Throws where the status is no success.</summary>
    public Task<ApiResponse<T>> EnsureSuccessStatusCodeAsync() => EnsureAsync(IsSuccessStatusCode);

    /// <inheritdoc/>
    public void Dispose() => response.Dispose();

    private async Task<ApiResponse<T>> EnsureAsync(bool holds)
    {
        if (holds)
            return this;

        var exception = Error ?? await ApiException.Create(RequestMessage!, RequestMessage!.Method, response, Settings);
        Dispose();
        throw exception;
    }
}
