using Refit;

namespace Podcast.Refit.Tests;

[Headers("X-Api: things", "X-Removed: by the method", "X-Both: interface")]
public interface IThings
{
    [Get("/things/{id}")]
    Task<Thing> Read(string id);

    [Get("/things/{ID}/parts/{part}")]
    Task<Thing> ReadPart(int id, [AliasAs("part")] string name, CancellationToken cancellationToken = default);

    [Get("/things")]
    Task<IReadOnlyList<Thing>> List(
        [Query] int page, [Query] string? kind = null, [AliasAs("per_page")] int? limit = null, bool? open = null);

    [Get("/things?sort=name")]
    Task<Thing> Sorted(string? filter = null);

    [Head("/things/{id}")]
    Task Exists(string id);

    [Post("/things")]
    [Headers("X-Removed", "X-Both: method")]
    Task<Thing> Create([Body] Thing thing, [Header("X-Key")] string? key = null, CancellationToken cancellationToken = default);

    [Post("/things/text")]
    Task CreateOfText([Body] string text);

    [Post("/things/stream")]
    Task CreateOfStream([Body] Stream stream);

    [Put("/things/{id}")]
    Task Replace(string id, [Body] Thing thing);

    [Patch("/things/{id}")]
    Task Change(string id, [Body] Thing thing, [Header("X-Both")] string? both);

    [Delete("/things/{id}")]
    Task Delete(string id);

    [Get("/text")]
    Task<string> Text();

    [Get("/stream")]
    Task<Stream> Stream();

    [Get("/message")]
    Task<HttpResponseMessage> Message();

    [Get("/response")]
    Task<IApiResponse<Thing>> Response();

    [Get("/response")]
    Task<ApiResponse<Thing>> ConcreteResponse();
}

public sealed record Thing(string? Name, int? Size = null, DayOfWeek? Day = null);
