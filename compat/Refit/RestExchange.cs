namespace Refit;

/// <summary>One request and its response.</summary>
internal sealed record RestExchange(
    HttpClient Client, RefitSettings Settings, Func<HttpRequestMessage> Build, CancellationToken CancellationToken)
{
    /// <summary>Sends and throws what the response stands for.</summary>
    public async Task Send()
    {
        using var request = Build();
        using var response = await Send(request, HttpCompletionOption.ResponseContentRead);
        if (await Settings.ExceptionFactory(response) is { } exception)
            throw exception;
    }

    /// <summary>Sends and reads the body; a response that stands for an exception, or cannot be read, is returned as that.</summary>
    public async Task<(HttpResponseMessage Response, T? Body, Exception? Error)> Send<T>()
    {
        using var request = Build();
        var response = await Send(request, HttpCompletionOption.ResponseHeadersRead);
        var isHandedOver = false;
        try
        {
            if (typeof(T) != typeof(HttpResponseMessage) && await Settings.ExceptionFactory(response) is { } exception)
                return (response, default, exception);

            var body = await Read<T>(response);

            // These the caller reads, and disposes.
            isHandedOver = body is HttpResponseMessage or Stream;
            return (response, body, null);
        }
        catch (ApiException unreadable)
        {
            return (response, default, unreadable);
        }
        finally
        {
            if (!isHandedOver)
                response.Dispose();
        }
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, HttpCompletionOption completion)
    {
        if (Settings.Buffered && request.Content is { } content)
            await content.LoadIntoBufferAsync(CancellationToken);
        return await Client.SendAsync(request, completion, CancellationToken);
    }

    private async Task<T?> Read<T>(HttpResponseMessage response)
    {
        try
        {
            if (typeof(T) == typeof(HttpResponseMessage))
                return (T)(object)response;
            if (typeof(T) == typeof(Stream))
                return (T)(object)await response.Content.ReadAsStreamAsync(CancellationToken);
            if (typeof(T) == typeof(string))
                return (T)(object)await response.Content.ReadAsStringAsync(CancellationToken);
            return await Settings.ContentSerializer.FromHttpContentAsync<T>(response.Content, CancellationToken);
        }
        catch (Exception unreadable)
        {
            // Upstream's text, spelling included: searches find it.
            var request = response.RequestMessage!;
            throw await ApiException.Create(
                "An error occured deserializing the response.", request, request.Method, response, Settings, unreadable);
        }
    }
}
