namespace Podcast.Emulators.YouTube.Uploads;

/// <summary>The methods that take media, and the session URIs, which have the same path.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        foreach (var methods in app.ServiceProvider.GetServices<IUploadTarget>().GroupBy(target => target.Path))
        {
            var insert = methods.Single(target => !target.IsUpdate);
            app.MapPost(methods.Key, (HttpContext http, UploadStart start) => start.Begin(http, insert)).WithMetadata(insert.Method);

            var update = methods.SingleOrDefault(target => target.IsUpdate);
            app.MapPut(methods.Key, (HttpContext http, UploadStart start) => start.Put(http, update))
                .WithMetadata(update?.Method ?? insert.Method);
        }
    }
}
