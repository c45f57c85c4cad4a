namespace Podcast.Emulators.Ittybit.Api;

/// <summary>Answers 405 if a path exists but not for the method of the request; the fallback would answer 404.</summary>
internal static class WrongMethod
{
    /// <summary>
    /// Covers the paths that <paramref name="routes"/> contains at the time of the call, so call it after they are mapped.
    /// </summary>
    public static void MapWrongMethods(this IEndpointRouteBuilder routes)
    {
        var paths = routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .GroupBy(endpoint => endpoint.RoutePattern.RawText!, Methods).ToList();
        foreach (var path in paths)
        {
            var allowed = string.Join(", ", path.SelectMany(methods => methods));
            routes.Map(path.Key, (HttpRequest request) => Refusal(request, allowed));
        }
    }

    private static IEnumerable<string> Methods(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private static ApiAnswer.Error Refusal(HttpRequest request, string allowed) => new(
        StatusCodes.Status405MethodNotAllowed, "method_not_allowed", $"{request.Path} allows {allowed}, not {request.Method}.")
    { Allow = allowed };
}
