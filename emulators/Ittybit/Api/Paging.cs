namespace Podcast.Emulators.Ittybit.Api;

/// <summary>The requested part of a list: pages count from 1, a page has 1 to 100 items.</summary>
internal sealed record Paging(int Page, int Limit)
{
    public static readonly ApiAnswer Invalid = ApiAnswer.Invalid("page must be 1 or more and limit from 1 to 100.");

    public int Offset => (Page - 1) * Limit;

    /// <summary>Null if the query is invalid.</summary>
    public static ValueTask<Paging?> BindAsync(HttpContext http)
    {
        var (page, limit) = (Read(http.Request.Query["page"], 1), Read(http.Request.Query["limit"], 20));
        return ValueTask.FromResult(page is >= 1 and <= 10_000_000 && limit is >= 1 and <= 100 ? new Paging(page.Value, limit.Value) : null);
    }

    /// <param name="total">The number of items on all pages.</param>
    public ApiAnswer Answer(IEnumerable<JsonObject> items, long total) => new ApiAnswer.Many(new JsonArray([.. items]), this, total);

    private static int? Read(string? text, int otherwise) => text is null ? otherwise : int.TryParse(text, out var number) ? number : null;
}
