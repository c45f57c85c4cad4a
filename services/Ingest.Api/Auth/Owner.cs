using System.Reflection;
using System.Security.Claims;

namespace Podcast.Ingest.Api.Auth;

/// <summary>The owner of the request: the <c>sub</c> of its token.</summary>
internal sealed record Owner(string Id) : IBindableFromHttpContext<Owner>
{
    public const string Claim = "sub";

    public static ValueTask<Owner?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(Of(context.User));

    /// <summary>Null if the token has no <c>sub</c>, or one that is not a valid owner id.</summary>
    public static Owner? Of(ClaimsPrincipal user) =>
        user.FindFirst(Claim)?.Value is { } sub && EpisodeTexts.IsOwner(sub) ? new Owner(sub) : null;
}
