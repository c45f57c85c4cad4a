namespace Podcast.Ingest.Api.Auth;

/// <summary>Who calls.</summary>
/// <param name="Owner">Whose episodes these are.</param>
/// <param name="Name">For people: the token's <c>name</c> or <c>preferred_username</c>, or else its <c>sub</c>.</param>
/// <param name="Roles">Of viewer, operator and admin those that the caller has.</param>
/// <param name="MayAct">False: may only look.</param>
internal sealed record MeView(string Owner, string Name, IReadOnlyList<string> Roles, bool MayAct);

/// <summary>Tells callers what they are here, so that a page can offer them only what they may do.</summary>
internal static class MeEndpoint
{
    public static void MapMe(this RouteGroupBuilder me) =>
        me.MapGet("/", (Owner owner, HttpContext http) => TypedResults.Ok(new MeView(
            owner.Id,
            http.User.FindFirst("name")?.Value ?? http.User.FindFirst("preferred_username")?.Value ?? owner.By,
            Role.Of(http.User),
            !http.User.IsOnlyViewer()))).WithSummary("Who you are here, and what you may do");
}
