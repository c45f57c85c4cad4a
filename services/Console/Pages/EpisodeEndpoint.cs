using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Podcast.OperatorsConsole.Live;
using Podcast.Redaction;
using Refit;

namespace Podcast.OperatorsConsole.Pages;

/// <summary>An episode: what is shown of it, and what can be done with it.</summary>
internal static class EpisodeEndpoint
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true };

    public static void MapEpisode(this RouteGroupBuilder pages)
    {
        var episode = pages.MapGroup("/episodes/{id:guid}");
        episode.MapGet("/", (Guid id, string? asked, IPodcastApi api, CancellationToken cancellationToken) =>
            Page(id, api, asked, null, cancellationToken));
        episode.MapPost("/{action:regex(^(retry|retry_now|resume|cancel)$)}", Act);
        episode.MapGet("/outputs/{kind}", Output);
        episode.MapGet("/captions.vtt", Captions);
        episode.MapGet("/chapters", async (Guid id, IPodcastApi api, CancellationToken cancellationToken) =>
            Respond.With<ChaptersPage>(new()
            {
                [nameof(ChaptersPage.EpisodeId)] = id,
                [nameof(ChaptersPage.Chapters)] = await api.Chapters(id, cancellationToken),
            }));
    }

    internal static async Task<IResult> Page(
        Guid id, IPodcastApi api, string? asked, ApiProblem? problem, CancellationToken cancellationToken)
    {
        var token = (await api.Changes(null, cancellationToken)).Token;
        var (whole, history) = (api.FindWhole(id, cancellationToken), api.History(id, cancellationToken));
        var publications = api.Publications(id, cancellationToken);
        var episode = await api.Find(id, cancellationToken);
        var transcript = episode.Outputs.Transcript is null ? null : await OrNull(api.Transcript(id, cancellationToken));
        return Respond.With<EpisodePage>(new()
        {
            [nameof(EpisodePage.Episode)] = episode,
            [nameof(EpisodePage.History)] = (await history).History,
            [nameof(EpisodePage.Publications)] = (await publications).All,
            [nameof(EpisodePage.Transcript)] = transcript,
            [nameof(EpisodePage.Support)] = Support(await whole, (await history).History, (await publications).All),
            [nameof(EpisodePage.Asked)] = asked,
            [nameof(EpisodePage.Problem)] = problem,
            [nameof(EpisodePage.Live)] = Watch.EpisodeAddress(token, id),
        }, problem?.Status ?? StatusCodes.Status200OK);
    }

    private static Task<IResult> Act(Guid id, string action, HttpContext http, IPodcastApi api, CancellationToken cancellationToken) =>
        Do(id, action, http, api, form => api.Act(
            id, action == "retry_now" ? "retry" : action, new ActionBody(Forms.Why(form), action == "retry_now" ? true : null),
            Forms.Key(form), cancellationToken), cancellationToken);

    /// <summary>A refusal is told on the episode's page.</summary>
    private static async Task<IResult> Do(
        Guid id, string action, HttpContext http, IPodcastApi api, Func<IFormCollection, Task> ask, CancellationToken cancellationToken)
    {
        try
        {
            await ask(await http.Request.ReadFormAsync(cancellationToken));
        }
        catch (ApiException refused) when (refused.StatusCode != HttpStatusCode.NotFound)
        {
            return await Page(id, api, null, ApiProblem.Of(refused), cancellationToken);
        }

        http.RequestServices.GetRequiredService<ILogger<Forms>>().Asked(action);
        return Respond.SeeOther(http, $"/console/episodes/{id}?asked={action}");
    }

    /// <summary>Leads to the file. Its address may be signed: it is never part of a page.</summary>
    private static async Task<IResult> Output(Guid id, string kind, IPodcastApi api, CancellationToken cancellationToken)
    {
        var episode = await api.Find(id, cancellationToken);
        return episode.Tasks.FirstOrDefault(task => task.Type == kind)?.OutputUrl is { } url
            && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? TypedResults.Redirect(url)
                : Respond.Problem(new ApiProblem(StatusCodes.Status404NotFound, Texts.NotFound, null));
    }

    private static async Task<IResult> Captions(Guid id, IPodcastApi api, CancellationToken cancellationToken) =>
        TypedResults.Text(await api.Captions(id, cancellationToken), "text/vtt");

    private static async Task<T?> OrNull<T>(Task<T> answer)
        where T : class
    {
        try
        {
            return await answer;
        }
        catch (ApiException)
        {
            return null; // the page is worth showing without
        }
    }

    /// <summary>All that is known, without the secrets of addresses.</summary>
    private static string Support(JsonObject episode, IReadOnlyList<HistoryLine> history, IReadOnlyList<Publication> publications)
    {
        episode.Remove("description");
        episode["history"] = JsonSerializer.SerializeToNode(history, JsonSerializerOptions.Web);
        episode["publications"] = JsonSerializer.SerializeToNode(publications, JsonSerializerOptions.Web);
        return Redactor.Addresses(episode.ToJsonString(indented));
    }
}
