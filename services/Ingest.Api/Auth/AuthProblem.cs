using Microsoft.AspNetCore.Mvc;

namespace Podcast.Ingest.Api.Auth;

/// <summary>
/// Writes a 401 or 403 as problem+json. The authentication middleware runs before UseStatusCodePages, which therefore does not
/// see these responses.
/// </summary>
internal static class AuthProblem
{
    public static async Task Write(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = status, Detail = detail },
        });
    }
}
