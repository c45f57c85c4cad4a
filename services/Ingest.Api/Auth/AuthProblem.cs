using Microsoft.AspNetCore.Mvc;

namespace Podcast.Ingest.Api.Auth;

/// <summary>A refusal at the door as problem+json: status code pages stand behind the door and do not see it.</summary>
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
