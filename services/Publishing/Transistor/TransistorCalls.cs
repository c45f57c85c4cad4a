using Podcast.Transistor;
using EpisodeStatus = Podcast.Transistor.EpisodeStatus;

namespace Podcast.Publishing.Transistor;

/// <summary>Calls Transistor, and turns its refusals into results of steps.</summary>
internal sealed class TransistorCalls(IServiceProvider services, IOptionsMonitor<TransistorOptions> options, TimeProvider clock)
{
    private const int MostPages = 20;
    private const int PageSize = 50;

    /// <summary>The podcast of the show, if this service has the key of its account.</summary>
    public Contracts.TransistorChannel ShowOf(Publication publication)
    {
        var channel = publication.Show.Channels.Transistor
            ?? throw StepException.Refused("The show has no podcast at Transistor.", "Set channels.transistor of the show.");
        return options.CurrentValue.KeyOf(channel.Account).Length > 0
            ? channel
            : throw StepException.Refused(
                $"There is no key for the account {channel.Account} at Transistor.",
                "Set TRANSISTOR_API_KEY (with several accounts Transistor__Accounts__NAME__ApiKey) to the key on Transistor's Account "
                + "page, API Access, start the service again, and retry the publication.");
    }

    /// <summary>Calls Transistor with the key of the publication's account, in that account's lane.</summary>
    public async Task<T> Call<T>(Publication publication, Func<ITransistorApi, Task<T>> call, CancellationToken cancellationToken)
    {
        var account = ShowOf(publication).Account;
        try
        {
            return await call(services.GetKeyedService<ITransistorApi>(account) ?? services.GetRequiredService<ITransistorApi>());
        }
        catch (Exception trouble) when (trouble is not StepException && !cancellationToken.IsCancellationRequested)
        {
            throw Meaning(TransistorFailure.Of(trouble));
        }
    }

    /// <summary>The episode of the publication.</summary>
    public async Task<EpisodeAttributes> Episode(Publication publication, CancellationToken cancellationToken) =>
        (await Call(publication, api => api.GetEpisode(publication.RemoteId!, cancellationToken), cancellationToken)).Data.Attributes;

    /// <summary>Changes fields of the publication's episode.</summary>
    public Task Update(Publication publication, EpisodeForm form, CancellationToken cancellationToken) =>
        Call(publication, api => api.UpdateEpisode(publication.RemoteId!, form, cancellationToken), cancellationToken);

    /// <summary>Publishes, schedules or takes back the publication's episode.</summary>
    public Task SetStatus(Publication publication, PublishForm form, CancellationToken cancellationToken) =>
        Call(publication, api => api.PublishEpisode(publication.RemoteId!, form, cancellationToken), cancellationToken);

    /// <summary>The draft that has our reference as its description, made before a crash; null if there is none.</summary>
    /// <exception cref="StepException">Transistor did not answer, or there are too many drafts to look at.</exception>
    public async Task<string?> FindDraft(Publication publication, CancellationToken cancellationToken)
    {
        for (var page = 1; page <= MostPages; page++)
        {
            var drafts = await Drafts(publication, page, cancellationToken);
            var found = drafts.Data.FirstOrDefault(IsOurs);
            if (found is null && page > 1)
            {
                // Drafts that were published meanwhile are gone from the list, and those behind them have moved to pages that were read.
                found = (await Drafts(publication, page - 1, cancellationToken)).Data.FirstOrDefault(IsOurs);
            }

            if (found is not null)
                return found.Id;
            if (drafts.Meta is null ? drafts.Data.Count < PageSize : page >= drafts.Meta.TotalPages)
                return null;
        }

        throw StepException.Refused(
            $"The show has more than {MostPages * PageSize} drafts at Transistor, and one of them may be this episode's.",
            "Publish or delete drafts in Transistor's dashboard, and retry the publication.");

        bool IsOurs(TransistorResource<EpisodeAttributes> draft) =>
            draft.Attributes.Description?.Contains(publication.Reference, StringComparison.Ordinal) == true;
    }

    /// <summary>The time zone in which Transistor reads the show's times.</summary>
    public async Task<TimeZoneInfo> ZoneOf(Publication publication, CancellationToken cancellationToken)
    {
        var show = await Call(
            publication, api => api.GetShow(ShowOf(publication).ShowId, cancellationToken), cancellationToken);
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

    private Task<TransistorPage<EpisodeAttributes>> Drafts(Publication publication, int page, CancellationToken cancellationToken) => Call(
        publication,
        api => api.ListEpisodes(ShowOf(publication).ShowId, null, EpisodeStatus.Draft, page, PageSize, cancellationToken),
        cancellationToken);
}
