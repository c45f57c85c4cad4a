using MassTransit;
using MassTransit.Context;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Orchestrator.Data;
using Podcast.Orchestrator.Episodes;

namespace Podcast.FaultRunner.BuiltIn;

/// <summary>Changes the attempt of every TaskFailed to the current one, which disables the orchestrator's check.</summary>
internal sealed class NoFence<T>(OrchestratorDbContext database) : IFilter<ConsumeContext<T>>
    where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        if (context.Message is not TaskFailed failed
            || await database.Set<EpisodeState>().AsNoTracking().SingleOrDefaultAsync(episode => episode.CorrelationId == failed.EpisodeId) is not { } episode)
        {
            await next.Send(context);
            return;
        }

        var attempt = episode.Tasks.Entries.Find(entry => entry.Kind == failed.Task)!.Attempt;
        await next.Send(new MessageConsumeContext<T>(context, (T)(object)(failed with { Attempt = attempt })));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("no-fence");
}

internal static class NoFenceSetup
{
    public static void DropFence(this IBusRegistrationConfigurator bus) => bus.AddConfigureEndpointsCallback((context, name, endpoint) =>
    {
        if (name == "episode")
            endpoint.UseConsumeFilter(typeof(NoFence<>), context);
    });
}
