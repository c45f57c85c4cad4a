using System.ComponentModel.DataAnnotations;

namespace Podcast.Emulators.YouTube.Chaos;

/// <summary><c>GET</c> and <c>PUT {prefix}/_emulator/chaos</c>. A PUT replaces the whole dial; omitted faults are off.</summary>
internal static class DialEndpoints
{
    public static void MapDial(this IEndpointRouteBuilder app)
    {
        app.MapGet("/chaos", Read);
        app.MapPut("/chaos", Set);
    }

    private static IResult Read(YouTubeChaos chaos) => Results.Json(chaos.Dial, ChaosControl.Json);

    private static async Task<IResult> Set(HttpRequest request, YouTubeChaos chaos, CancellationToken cancellationToken)
    {
        try
        {
            var dial = await JsonSerializer.DeserializeAsync<YouTubeDial>(request.Body, ChaosControl.Json, cancellationToken)
                ?? throw new JsonException("The dial is a JSON object.");
            Validator.ValidateObject(dial, new ValidationContext(dial), validateAllProperties: true);
            chaos.Dial = dial;
            return Read(chaos);
        }
        catch (Exception exception) when (exception is JsonException or ValidationException)
        {
            return Results.Problem(exception.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
