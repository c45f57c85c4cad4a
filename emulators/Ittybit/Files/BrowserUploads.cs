using Microsoft.AspNetCore.Http.HttpResults;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>
/// Lets pages of other origins upload to the files host (CORS), as Ittybit's starter app does from the browser, whole or in ranges.
/// </summary>
internal static class BrowserUploads
{
    public static ValueTask<object?> Allow(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.AccessControlAllowOrigin = "*";
        return next(context);
    }

    /// <summary>Answers what a browser asks before a PUT.</summary>
    public static NoContent Preflight(HttpResponse response)
    {
        response.Headers.AccessControlAllowMethods = "GET, HEAD, PUT";
        response.Headers.AccessControlAllowHeaders = "Content-Type, Content-Range";
        response.Headers.AccessControlMaxAge = "600";
        return TypedResults.NoContent();
    }
}
