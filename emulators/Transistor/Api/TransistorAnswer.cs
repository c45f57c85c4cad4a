namespace Podcast.Emulators.Transistor;

/// <summary>Writes bodies and errors. Transistor documents no error body; clients meet both of these forms.</summary>
internal static class TransistorAnswer
{
    public static IResult Json(JsonNode body, int status = StatusCodes.Status200OK) =>
        Results.Text(WireJson.Text(body), "application/json", Encoding.UTF8, status);

    /// <summary>The form of what is wrong with a request: <c>{"errors":[{"title":…}]}</c>.</summary>
    public static IResult Errors(int status, params IEnumerable<string> titles) => Json(
        new JsonObject { ["errors"] = new JsonArray([.. titles.Select(title => new JsonObject { ["title"] = title })]) }, status);

    /// <summary>The form of refusals that look at no body: <c>{"message":…}</c>.</summary>
    public static IResult Message(int status, string text) => Json(new JsonObject { ["message"] = text }, status);

    public static IResult NotFound(string what) => Errors(StatusCodes.Status404NotFound, $"{what} not found");

    public static IResult Invalid(params IEnumerable<string> titles) => Errors(StatusCodes.Status422UnprocessableEntity, titles);
}
