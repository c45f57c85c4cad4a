using System.Reflection;

namespace Podcast.Ingest.Api.Auth;

/// <summary>Whose request this is: the <c>sub</c> of the token.</summary>
internal sealed record Owner(string Id) : IBindableFromHttpContext<Owner>
{
    public const string Claim = "sub";

    public static ValueTask<Owner?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.User.FindFirst(Claim) is { Value.Length: > 0 } sub ? new Owner(sub.Value) : null);
}
