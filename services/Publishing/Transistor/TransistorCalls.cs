using Podcast.Transistor;
using EpisodeStatus = Podcast.Transistor.EpisodeStatus;

namespace Podcast.Publishing.Transistor;

/// <summary>Calls Transistor, and turns its refusals into results of steps.</summary>
internal sealed class TransistorCalls(ITransistorApi api, IOptionsMonitor<TransistorOptions> options, TimeProvider clock)
{
    private const int MostPages = 20;
    private const int PageSize = 50;

    /// <summary>The podcast of the show, if this service has the key of its account.</summary>
    public Contracts.TransistorChannel ShowOf(Publication publication)
    {
        var channel = publication.Show.Channels.Transistor
            ?? throw StepException.Refused("The show has no podcast at Transistor.", "Set channels.transistor of the show.");
        return options.CurrentValue.ApiKey.Length > 0
            ? channel
            : throw StepException.Refused(
                "There is no key for Transistor.",
                "Set TRANSISTOR_API_KEY to the key on Transistor's Account page, API Access, and retry the publication.");
    }

    public async Task<T> Call<T>(Func<ITransistorApi, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(api);
        }
        catch (Exception trouble) when (trouble is not StepException && !cancellationToken.IsCancellationRequested)
        {
            throw Meaning(TransistorFailure.Of(trouble));
        }
    }

    /// <summary>The draft that has our reference as its description, made before a crash; null if there is none.</summary>
    public async Task<string?> FindDraft(Contracts.TransistorChannel show, string reference, CancellationToken cancellationToken)
    {
        for (var page = 1; page <= MostPages; page++)
        {
            var number = page;
            var drafts = await Call(
                api => api.ListEpisodes(show.ShowId, null, EpisodeStatus.Draft, number, PageSize, cancellationToken), cancellationToken);
            if (drafts.Data.FirstOrDefault(IsOurs) is { } found)
                return found.Id;
            if (drafts.Meta is null ? drafts.Data.Count < PageSize : page >= drafts.Meta.TotalPages)
                return null;
        }

        return null;

        bool IsOurs(TransistorResource<EpisodeAttributes> draft) =>
            draft.Attributes.Description?.Contains(reference, StringComparison.Ordinal) == true;
    }

    /// <summary>The time zone in which Transistor reads the show's times.</summary>
    public async Task<TimeZoneInfo> ZoneOf(Publication publication, CancellationToken cancellationToken)
    {
        var show = await Call(api => api.GetShow(ShowOf(publication).ShowId, cancellationToken), cancellationToken);
        var name = show.Data.Attributes.TimeZone ?? publication.Show.TimeZone;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw StepException.Refused($"Transistor's show is in the time zone {name}, which is unknown here.");
    }

    public StepException Meaning(TransistorFailure failure) => failure.Kind switch
    {
        TransistorFailureKind.Transient => new(StepOutcome.Failed, failure.Message, failure.Advice),
        TransistorFailureKind.LaneBlocked => new(
            StepOutcome.Later, failure.Message, failure.Advice,
            failure.RetryAfter is { } wait ? clock.GetUtcNow() + wait : null),
        _ => new(StepOutcome.Refused, failure.Message, failure.Advice),
    };
}
