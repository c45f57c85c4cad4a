using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Podcast.Outbox;

/// <summary>Opens the outboxes of this process to another service that has the key.</summary>
public static class DeskEndpoints
{
    internal const string Path = "/outbox-desks";

    /// <summary>
    /// Maps <c>GET /outbox-desks/{name}</c>, which answers with the <see cref="OutboxLook"/>, and
    /// <c>POST /outbox-desks/{name}/{id}/send</c>. Without <see cref="OutboxDeskOptions.Key"/>, or with another one, both answer 404:
    /// nobody needs to know that there is something.
    /// </summary>
    public static void MapOutboxDesks(this IEndpointRouteBuilder app)
    {
        var desks = app.MapGroup(Path).ExcludeFromDescription().AddEndpointFilter(Check);
        desks.MapGet("/{name}", Look);
        desks.MapPost("/{name}/{id:long}/send", SendAgain);
    }

    private static async Task<Results<Ok<OutboxLook>, NotFound>> Look(
        string name, int most, IEnumerable<IOutboxDesk> desks, CancellationToken cancellationToken) =>
        desks.FirstOrDefault(desk => desk.Name == name) is { } desk
            ? TypedResults.Ok(await desk.Look(Math.Clamp(most, 0, 100), cancellationToken))
            : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> SendAgain(
        string name, long id, IEnumerable<IOutboxDesk> desks, CancellationToken cancellationToken) =>
        desks.FirstOrDefault(desk => desk.Name == name) is { } desk && await desk.SendAgain(id, cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.RequestServices.GetRequiredService<IOptions<OutboxDeskOptions>>().Value.Key;
        return !string.IsNullOrEmpty(key) && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes($"Bearer {key}"), Encoding.UTF8.GetBytes(http.Request.Headers[HeaderNames.Authorization].ToString()))
            ? await next(context)
            : TypedResults.NotFound();
    }
}
