using System.Reflection;
using System.Security.Claims;
using Podcast.Contracts;

namespace Podcast.Ingest.Api.Auth;

/// <summary>Whose request this is: the <c>sub</c> of the token.</summary>
internal sealed record Owner(string Id) : IBindableFromHttpContext<Owner>
{
    public const string Claim = "sub";

    public static ValueTask<Owner?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(Of(context.User));

    /// <summary>Null when the token has no <c>sub</c>, or one that no episode can belong to.</summary>
    public static Owner? Of(ClaimsPrincipal user) =>
        user.FindFirst(Claim)?.Value is { } sub && EpisodeTexts.IsOwner(sub) ? new Owner(sub) : null;
}
