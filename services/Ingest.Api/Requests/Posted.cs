using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Podcast.Ingest.Api.Requests;

/// <summary>The caller of a POST and its idempotency key.</summary>
/// <param name="Refusal">The problem response, if the request is invalid; the handler then does not run.</param>
internal abstract record Posted(HttpContext Http, Owner Owner, RequestKey? Key, IResult? Refusal)
{
    /// <summary>The endpoint filter that answers with <see cref="Refusal"/>.</summary>
    public static ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store"; // answers contain signed addresses
        return context.Arguments.OfType<Posted>().SingleOrDefault()?.Refusal is { } refusal
            ? ValueTask.FromResult<object?>(refusal)
            : next(context);
    }

    /// <summary>The URL of an episode, for the <c>Location</c> header.</summary>
    public string LocationOf(Guid episodeId) => $"{Http.Request.PathBase}/episodes/{episodeId}";

    public Results<Accepted<EpisodeView>, ProblemHttpResult> Accepted(Outcome<EpisodeView> outcome) =>
        outcome.Answer is { } episode ? TypedResults.Accepted(LocationOf(episode.Id), episode) : outcome.Refusal!;
}

/// <summary>A POST with its JSON body, read by <see cref="RequestJson"/>.</summary>
/// <param name="Body">Null only in a request with a refusal.</param>
internal sealed record Posted<TBody>(HttpContext Http, Owner Owner, RequestKey? Key, TBody Body, IResult? Refusal)
    : Posted(Http, Owner, Key, Refusal), IBindableFromHttpContext<Posted<TBody>>, IEndpointParameterMetadataProvider
    where TBody : class
{
    /// <summary>No field is required: an empty body counts as <c>{}</c>.</summary>
    private static readonly bool isOptional = !typeof(TBody).GetProperties().Any(field => field.IsDefined(typeof(RequiredAttribute)));

    public static async ValueTask<Posted<TBody>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var owner = Owner.Of(context.User)!; // authorization let only owners in
        var (body, refusal) = await RequestJson.Read<TBody>(context, isOptional);
        var key = RequestKey.Of(context.Request, owner, body);
        return new Posted<TBody>(context, owner, key, body!, key?.Refusal ?? refusal);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(TBody), isOptional));
}
