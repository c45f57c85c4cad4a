namespace Podcast.Emulators.Ittybit.Api;

/// <summary>
/// The addresses of the pages around the requested one, as ittybit.com/api/pagination describes them: version 2025-08-20 sends
/// them in the header <c>Links</c>, the versions before it in the field <c>links</c>.
/// </summary>
internal static class PageLinks
{
    public const string Header = "Links";

    /// <summary>The value of the header, which leaves out the pages that do not exist.</summary>
    public static string Text(ApiAnswer.Many list, HttpRequest request) => string.Join(
        ", ", Of(list, request).Where(link => link.Url is not null).Select(link => $"<{link.Url}>; rel=\"{link.Rel}\""));

    /// <summary>The field of the body, where a page that does not exist is null.</summary>
    public static JsonObject Json(ApiAnswer.Many list, HttpRequest request) =>
        new(Of(list, request).Select(link => KeyValuePair.Create(link.Rel, (JsonNode?)link.Url)));

    /// <summary>The address of the request, without its query.</summary>
    public static string Address(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}";

    private static (string Rel, string? Url)[] Of(ApiAnswer.Many list, HttpRequest request)
    {
        var (page, last) = (list.Page.Page, Math.Max(1, list.Pages));
        return
        [
            ("self", Url(page)),
            ("first", Url(1)),
            ("prev", page > 1 ? Url(Math.Min(page - 1, last)) : null),
            ("next", page < last ? Url(page + 1) : null),
            ("last", Url(last)),
        ];

        string Url(long number) => Address(request) + QueryString
            .Create(request.Query.Where(parameter => !parameter.Key.Equals("page", StringComparison.OrdinalIgnoreCase)))
            .Add("page", number.ToString(CultureInfo.InvariantCulture));
    }
}
