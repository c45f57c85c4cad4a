namespace Podcast.Emulators.Ittybit.Api;

/// <summary>The requested part of a list: pages count from 1, a page has 1 to 100 items.</summary>
internal sealed record Paging(int Page, int Limit)
{
    public static readonly ApiAnswer Invalid = ApiAnswer.Invalid("page must be 1 or more and limit from 1 to 100.");

    public int Offset => (Page - 1) * Limit;

    /// <summary>Null if the query is invalid.</summary>
    public static ValueTask<Paging?> BindAsync(HttpContext http) => ValueTask.FromResult(
        Read(http.Request.Query["page"], 1, 10_000_000) is { } page && Read(http.Request.Query["limit"], 20, 100) is { } limit
            ? new Paging(page, limit)
            : null);

    /// <param name="total">The number of items on all pages.</param>
    public ApiAnswer Answer(IEnumerable<JsonObject> items, long total) => new ApiAnswer.Many(new JsonArray([.. items]), this, total);

    private static int? Read(string? text, int otherwise, int most) =>
        text is null ? otherwise : int.TryParse(text, out var number) && number >= 1 && number <= most ? number : null;
}
