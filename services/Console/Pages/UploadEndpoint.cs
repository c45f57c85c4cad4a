namespace Podcast.OperatorsConsole.Pages;

/// <summary>
/// Takes new episodes in: a file, which the browser sends to Ittybit itself (upload.js), or the address of one.
/// </summary>
internal static class UploadEndpoint
{
    public static void MapUpload(this RouteGroupBuilder pages)
    {
        pages.MapGet("/upload", (
            HttpContext http, IPodcastApi api, IOptions<ConsoleOptions> options, CancellationToken cancellationToken) =>
            Page(http, api, options.Value, null, null, cancellationToken));
        pages.MapPost("/upload", Submit);
        pages.MapPost("/uploads", Prepare);
        pages.MapPost("/uploads/{id:guid}/confirm", Confirm);
    }

    private static async Task<IResult> Page(
        HttpContext http, IPodcastApi api, ConsoleOptions options, IFormCollection? form, ApiProblem? problem,
        CancellationToken cancellationToken)
    {
        if (!Viewer.Of(http).MayAct)
            return Respond.Problem(new ApiProblem(StatusCodes.Status403Forbidden, Texts.MayNot, Texts.OnlyLooks));
        Headers.AllowConnections(http, options.UploadTo);
        return Respond.With<UploadPage>(new()
        {
            [nameof(UploadPage.Shows)] = (await api.Shows(cancellationToken)).All,
            [nameof(UploadPage.Options)] = options,
            [nameof(UploadPage.Given)] = form,
            [nameof(UploadPage.Problem)] = problem,
        }, problem?.Status ?? StatusCodes.Status200OK);
    }

    /// <summary>By its address: a refusal is told on the page, with what was typed.</summary>
    private static async Task<IResult> Submit(
        HttpContext http, IPodcastApi api, IOptions<ConsoleOptions> options, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        try
        {
            var body = new SubmitEpisodeBody(form["url"].ToString().Trim(), form["title"].ToString().Trim(), Show(form));
            var episode = await api.Submit(body, Forms.Key(form), cancellationToken);
            return Respond.SeeOther(http, $"/console/episodes/{episode.Id}");
        }
        catch (Exception refused) when (ApiProblem.Of(refused) is { } problem)
        {
            return await Page(http, api, options.Value, form, problem, cancellationToken);
        }
    }

    /// <summary>Answers upload.js with the address for the file; for the same key with the same one.</summary>
    private static Task<IResult> Prepare(
        HttpContext http, IPodcastApi api, IOptions<ConsoleOptions> options, CancellationToken cancellationToken) => Answer(async () =>
        {
            var form = await http.Request.ReadFormAsync(cancellationToken);
            _ = long.TryParse(form["filesize"], out var bytes);
            var prepared = await api.PrepareUpload(
                new PrepareUploadBody(form["filename"].ToString(), bytes, form["title"].ToString().Trim(), Show(form)),
                Forms.Key(form), cancellationToken);
            return UploadTarget.IsAllowed(options.Value.UploadTo, prepared.Upload.Url)
                ? TypedResults.Json(new { prepared.Id, prepared.Upload.Url })
                : Refuse(new(StatusCodes.Status502BadGateway, Texts.UploadGoesElsewhere(prepared.Upload.Url.Authority), null));
        });

    private static Task<IResult> Confirm(Guid id, HttpContext http, IPodcastApi api, CancellationToken cancellationToken) =>
        Answer(async () =>
        {
            var form = await http.Request.ReadFormAsync(cancellationToken);
            await api.ConfirmUpload(id, new ConfirmUploadBody(form["file"].ToString()), cancellationToken);
            return TypedResults.Json(new { Location = $"/console/episodes/{id}" });
        });

    private static async Task<IResult> Answer(Func<Task<IResult>> handle)
    {
        try
        {
            return await handle();
        }
        catch (Exception refused) when (ApiProblem.Of(refused) is { } problem)
        {
            return Refuse(problem);
        }
    }

    private static JsonHttpResult<ApiProblem> Refuse(ApiProblem problem) => TypedResults.Json(problem, statusCode: problem.Status);

    private static string? Show(IFormCollection form) => form["show"].ToString() is { Length: > 0 } slug ? slug : null;
}

/// <summary>Where browsers may upload to.</summary>
internal static class UploadTarget
{
    /// <param name="sources">See <see cref="ConsoleOptions.UploadTo"/>.</param>
    public static bool IsAllowed(string sources, Uri address) => sources.Split(' ').Any(source =>
    {
        var allowed = new Uri(source.Replace("*.", "", StringComparison.Ordinal));
        return allowed.Scheme == address.Scheme && allowed.Port == address.Port
            && (allowed.Host == address.Host ? !source.Contains('*', StringComparison.Ordinal)
                : source.Contains('*', StringComparison.Ordinal) && address.Host.EndsWith($".{allowed.Host}", StringComparison.Ordinal));
    });
}
