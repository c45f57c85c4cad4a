using System.ComponentModel.DataAnnotations;

namespace Podcast.Emulators.Transistor;

/// <summary>
/// <c>{prefix}/_emulator</c>: what was received (<c>/episodes</c>, <c>/keys</c>, <c>/webhooks</c>), and the dial (<c>GET</c> and
/// <c>PUT /chaos</c>; what a <c>PUT</c> leaves out is off).
/// </summary>
internal static class InspectionEndpoints
{
    public static void MapInspection(this IEndpointRouteBuilder root)
    {
        var control = root.MapGroup("/_emulator");
        control.MapGet("/episodes", (TransistorEmulator emulator) => Results.Json(emulator.Episodes, ChaosControl.Json));
        control.MapGet("/keys", (TransistorEmulator emulator) => Results.Json(emulator.Keys, ChaosControl.Json));
        control.MapGet("/webhooks", (TransistorEmulator emulator) => Results.Json(emulator.Deliveries, ChaosControl.Json));
        control.MapGet("/chaos", (TransistorEmulator emulator) => Results.Json(emulator.Chaos, ChaosControl.Json));
        control.MapPut("/chaos", SetChaos);
    }

    private static async Task<IResult> SetChaos(HttpRequest request, TransistorEmulator emulator, CancellationToken cancellationToken)
    {
        try
        {
            var dial = await JsonSerializer.DeserializeAsync<TransistorDial>(request.Body, ChaosControl.Json, cancellationToken)
                ?? throw new JsonException("The dial is a JSON object.");
            Validator.ValidateObject(dial, new ValidationContext(dial), validateAllProperties: true);
            emulator.Chaos = dial;
            return Results.Json(dial, ChaosControl.Json);
        }
        catch (Exception wrong) when (wrong is JsonException or ValidationException)
        {
            return Results.Problem(wrong.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
