using System.ComponentModel.DataAnnotations;

namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary><c>GET</c> and <c>PUT {prefix}/_emulator/chaos</c>. A PUT replaces the whole dial; omitted faults are off.</summary>
internal static class ChaosEndpoints
{
    public static void MapChaos(this IEndpointRouteBuilder app)
    {
        app.MapGet("/chaos", Read);
        app.MapPut("/chaos", Set);
    }

    private static IResult Read(ChaosControl chaos) => Results.Json(chaos.Dial, ChaosControl.Json);

    private static async Task<IResult> Set(
        HttpRequest request, ChaosControl chaos, TaskKinds kinds, ILogger<ChaosControl> logger, CancellationToken cancellationToken)
    {
        ChaosDial? dial;
        try
        {
            dial = await JsonSerializer.DeserializeAsync<ChaosDial>(request.Body, ChaosControl.Json, cancellationToken);
        }
        catch (JsonException exception)
        {
            return Problem(exception.Path?.TrimStart('$', '.') is { Length: > 0 } field ? field : "body", exception.Message);
        }

        if (dial is null)
            return Problem("body", "The dial is a JSON object.");
        if (Check(dial, kinds) is { } problem)
            return Problem(problem.MemberNames.Single(), problem.ErrorMessage!);

        chaos.Dial = dial;
        logger.ChaosSet(dial.Seed, dial.Dialect);
        return Read(chaos);
    }

    private static ValidationResult? Check(ChaosDial dial, TaskKinds kinds)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(dial, new ValidationContext(dial), problems, validateAllProperties: true);
        if (dial.OnlyKinds.FirstOrDefault(kind => kinds.Find(kind) is null) is { } unknown)
            problems.Add(new ValidationResult($"'{unknown}' is none of {kinds.Names}.", [nameof(ChaosDial.OnlyKinds)]));
        return problems.FirstOrDefault();
    }

    private static IResult Problem(string member, string message) => Results.ValidationProblem(
        new Dictionary<string, string[]> { [JsonNamingPolicy.SnakeCaseLower.ConvertName(member)] = [message] });
}
