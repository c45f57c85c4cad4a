namespace Podcast.Emulators.YouTube.Inspection;

/// <summary><c>GET {prefix}/_emulator/videos</c>, <c>/uploads</c> and <c>/quota</c>, as JSON with snake_case names.</summary>
internal static class InspectionEndpoints
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void MapInspection(this IEndpointRouteBuilder app)
    {
        app.MapGet("/videos", (Inspector inspector) => Results.Json(inspector.Videos(), Json));
        app.MapGet("/uploads", (Inspector inspector) => Results.Json(inspector.Uploads(), Json));
        app.MapGet("/quota", (Inspector inspector) => Results.Json(inspector.Quota(), Json));
    }
}
