namespace Podcast.Emulators.Ittybit.Api;

/// <summary>The requested part of a list: pages count from 1, a page has 1 to 100 items.</summary>
internal readonly record struct Paging(int Page, int Limit)
{
    public int Offset => (Page - 1) * Limit;

    public static bool TryRead(HttpRequest request, out Paging paging, out ApiAnswer problem)
    {
        paging = default;
        problem = ApiAnswer.Invalid("page must be 1 or more and limit from 1 to 100.");
        if (!TryRead(request, "page", 1, out var page) || !TryRead(request, "limit", 20, out var limit))
            return false;

        paging = new Paging(page, limit);
        return page is >= 1 and <= 10_000_000 && limit is >= 1 and <= 100;
    }

    private static bool TryRead(HttpRequest request, string name, int otherwise, out int number)
    {
        number = otherwise;
        return !request.Query.TryGetValue(name, out var text) || int.TryParse(text, out number);
    }
}
