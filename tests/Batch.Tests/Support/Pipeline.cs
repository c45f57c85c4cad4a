using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Contracts;
using Podcast.Hosting;
using Podcast.Testing;
using IHost = Microsoft.Extensions.Hosting.IHost;

namespace Podcast.Batch.Tests.Support;

/// <summary>A broker and, on it, what takes episodes like the orchestrator and ends them: well, unless their title is bad.</summary>
public sealed class Pipeline : IConsumer<EpisodeUploaded>, IConsumer<RetryEpisode>, IConsumer<RepublishEpisode>, IAsyncDisposable
{
    private readonly ConcurrentQueue<EpisodeUploaded> uploaded = [];
    private readonly ConcurrentQueue<RetryEpisode> retried = [];
    private readonly ConcurrentDictionary<Guid, EpisodeStatus> ended = [];
    private readonly Lock gate = new();
    private readonly RabbitMqVirtualHost broker;
    private readonly IHost host;

    private Pipeline(RabbitMqVirtualHost broker)
    {
        this.broker = broker;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:RabbitMq"] = broker.ConnectionString });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddMessageBus(bus =>
        {
            bus.AddSingleton(this);
            bus.AddConsumer<Pipeline>();
        });
        host = builder.Build();
    }

    public IReadOnlyList<EpisodeUploaded> Uploaded => [.. uploaded];

    public IReadOnlyCollection<RetryEpisode> Retried => retried;

    /// <summary>Whether episodes are taken and left without an end.</summary>
    private bool IsHeld { get; set; }

    /// <summary>Starts it and tells <paramref name="team"/> of its broker.</summary>
    public static async Task<Pipeline> Start(BatchScenario team, bool isHeld = false)
    {
        var pipeline = new Pipeline(await RabbitMqServer.CreateVirtualHost()) { IsHeld = isHeld };
        team.Set("ConnectionStrings:RabbitMq", pipeline.broker.ConnectionString);
        await pipeline.host.Services.GetRequiredService<IBusControl>().StartAsync();
        return pipeline;
    }

    public Task Consume(ConsumeContext<EpisodeUploaded> context)
    {
        bool ends;
        lock (gate)
        {
            ends = !IsHeld && uploaded.All(episode => episode.EpisodeId != context.Message.EpisodeId);
            uploaded.Enqueue(context.Message);
        }

        return ends ? End(context.Message) : Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<RetryEpisode> context)
    {
        retried.Enqueue(context.Message);
        return ended.GetValueOrDefault(context.Message.EpisodeId) is EpisodeStatus.Processed or EpisodeStatus.Cancelled
            ? Task.CompletedTask
            : End(uploaded.First(episode => episode.EpisodeId == context.Message.EpisodeId));
    }

    public Task Consume(ConsumeContext<RepublishEpisode> context) =>
        ended.TryGetValue(context.Message.EpisodeId, out var status)
            ? Become(status, uploaded.First(episode => episode.EpisodeId == context.Message.EpisodeId))
            : Task.CompletedTask;

    /// <summary>
    /// Ends the episodes that were told of: so many, waiting for those that are still on their way from the broker. Later ones end
    /// when they come.
    /// </summary>
    public async Task Release(int count)
    {
        await Takes(count);
        List<EpisodeUploaded> taken;
        lock (gate)
        {
            IsHeld = false;
            taken = [.. uploaded.DistinctBy(episode => episode.EpisodeId)];
        }

        foreach (var episode in taken)
            await End(episode);
    }

    /// <summary>Waits until so many episodes have come. That a run has told of them says only that the broker has them.</summary>
    public Task Takes(int count) => Eventually.Holds(
        () => uploaded.DistinctBy(episode => episode.EpisodeId).Count() >= count, $"{count} episodes have come");

    public Task Publish<T>(T message)
        where T : class => host.Services.GetRequiredService<IBus>().Publish(message);

    /// <summary>Tells that the episode of that title is held, say.</summary>
    public Task Become(EpisodeStatus status, string title) => Become(status, uploaded.Single(episode => episode.Title == title));

    /// <summary>What the broker says of the queues whose names end so.</summary>
    public async Task<IReadOnlyList<JsonElement>> Queues(string ending)
    {
        var names = (await broker.Queues()).Where(name => name.EndsWith(ending, StringComparison.Ordinal));
        return [.. (await Task.WhenAll(names.Select(broker.Queue))).OfType<JsonElement>()];
    }

    public Task End(EpisodeUploaded episode)
    {
        ended[episode.EpisodeId] = episode.Title == "bad" ? EpisodeStatus.Failed : EpisodeStatus.Processed;
        return episode.Title == "bad"
            ? Publish(new EpisodeFailed(episode.EpisodeId, episode.OwnerId, "the source is broken", DateTimeOffset.UnixEpoch))
            : Publish(new EpisodeProcessed(
                episode.EpisodeId, episode.OwnerId, episode.Title, null, OutputsOf(episode), DateTimeOffset.UnixEpoch));
    }

    private Task Become(EpisodeStatus status, EpisodeUploaded episode)
    {
        var at = DateTimeOffset.UnixEpoch;
        if (status != EpisodeStatus.Held)
            ended[episode.EpisodeId] = status;
        return Publish(new EpisodeChanged(
            episode.EpisodeId, 2, episode.OwnerId, episode.Title, null, episode.Source, episode.Priority, status, "A person says so.", null,
            status != EpisodeStatus.Processed ? [] : [.. OutputsOf(episode).Select(made => new TaskSnapshot(
                made.Kind, TaskState.Completed, Required: true, 1, "task_1", 100, made.Output, null, at, at, at, null, null))],
            at, null, null, null, null, new EpisodeChange(at, "changed", null, "alice", null)));
    }

    private static EpisodeOutput[] OutputsOf(EpisodeUploaded episode) =>
    [
        new(TaskKind.AudioExtraction, new TaskOutput("file_a", new Uri($"https://made.example/{episode.EpisodeId}.mp3"))),
        new(TaskKind.VideoTranscode, new TaskOutput("file_v", new Uri($"https://made.example/{episode.EpisodeId}.mp4"))),
    ];

    public async ValueTask DisposeAsync()
    {
        await host.Services.GetRequiredService<IBusControl>().StopAsync();
        host.Dispose();
        await broker.DisposeAsync();
    }
}
