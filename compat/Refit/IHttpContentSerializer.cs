namespace Refit;

/// <summary>Turns objects into request contents and response contents into objects.</summary>
/// <remarks>Upstream also asks it for the field names of form-encoded bodies.</remarks>
public interface IHttpContentSerializer
{
    /// <summary>The content that carries <paramref name="item"/>.</summary>
    HttpContent ToHttpContent<T>(T item);

    /// <summary>The object that <paramref name="content"/> carries.</summary>
    Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default);
}
