namespace Podcast.Emulators.Ittybit.Api;

/// <summary>The result of a handler, before it is written in a dialect and before the dial's faults apply.</summary>
internal abstract record ApiAnswer(int Status)
{
    /// <summary>The task that the request created.</summary>
    public string? TaskId { get; init; }

    public static ApiAnswer Ok(JsonObject body) => new One(StatusCodes.Status200OK, body);

    public static ApiAnswer Created(JsonObject body) => new One(StatusCodes.Status201Created, body);

    /// <summary>The answer to a deletion, in Ittybit's wording.</summary>
    public static ApiAnswer Deleted(string id) => Ok(new JsonObject { ["message"] = $"{id} deleted" });

    public static ApiAnswer NotFound(string what, string id) =>
        new Error(StatusCodes.Status404NotFound, $"{what}_not_found", $"There is no {what} {id}.");

    public static ApiAnswer Invalid(string message) => new Error(StatusCodes.Status400BadRequest, "request_invalid", message);

    internal sealed record One(int Status, JsonObject Body) : ApiAnswer(Status);

    /// <param name="Total">The number of items on all pages.</param>
    internal sealed record Many(JsonArray Items, Paging Page, long Total) : ApiAnswer(StatusCodes.Status200OK)
    {
        public long Pages => (Total + Page.Limit - 1) / Page.Limit;
    }

    /// <param name="Kind">Ittybit's word for the error, in snake_case.</param>
    internal sealed record Error(int Status, string Kind, string Message) : ApiAnswer(Status)
    {
        /// <summary>The Retry-After header.</summary>
        public string? RetryAfter { get; init; }

        /// <summary>The Allow header.</summary>
        public string? Allow { get; init; }
    }
}
