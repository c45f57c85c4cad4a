using System.Collections.Concurrent;
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
public sealed class Pipeline : IConsumer<EpisodeUploaded>, IConsumer<RetryEpisode>, IAsyncDisposable
{
    private readonly ConcurrentQueue<EpisodeUploaded> uploaded = [];
    private readonly ConcurrentQueue<RetryEpisode> retried = [];
    private readonly RabbitMqVirtualHost broker;
    private readonly IHost host;

    private Pipeline(RabbitMqVirtualHost broker)
    {
        this.broker = broker;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:RabbitMq"] = broker.ConnectionString });
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
    public bool IsHeld { get; set; }

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
        var isFirst = uploaded.All(episode => episode.EpisodeId != context.Message.EpisodeId);
        uploaded.Enqueue(context.Message);
        return isFirst && !IsHeld ? End(context.Message) : Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<RetryEpisode> context)
    {
        retried.Enqueue(context.Message);
        return End(uploaded.First(episode => episode.EpisodeId == context.Message.EpisodeId));
    }

    /// <summary>Ends what was taken so far.</summary>
    public async Task Release()
    {
        foreach (var episode in uploaded)
            await End(episode);
    }

    public Task Publish<T>(T message)
        where T : class => host.Services.GetRequiredService<IBus>().Publish(message);

    /// <summary>Tells that the episode of that title is held, say.</summary>
    public Task Become(EpisodeStatus status, string title)
    {
        var episode = uploaded.Single(episode => episode.Title == title);
        return Publish(new EpisodeChanged(
            episode.EpisodeId, 2, episode.OwnerId, episode.Title, null, episode.Source, episode.Priority, status, "A person says so.", null, [],
            DateTimeOffset.UnixEpoch, null, null, null, null, new EpisodeChange(DateTimeOffset.UnixEpoch, "changed", null, "alice", null)));
    }

    public Task End(EpisodeUploaded episode) => episode.Title == "bad"
        ? Publish(new EpisodeFailed(episode.EpisodeId, episode.OwnerId, "the source is broken", DateTimeOffset.UnixEpoch))
        : Publish(new EpisodeProcessed(
            episode.EpisodeId, episode.OwnerId, episode.Title, null,
            [
                new EpisodeOutput(TaskKind.AudioExtraction, new TaskOutput("file_a", new Uri($"https://made.example/{episode.EpisodeId}.mp3"))),
                new EpisodeOutput(TaskKind.VideoTranscode, new TaskOutput("file_v", new Uri($"https://made.example/{episode.EpisodeId}.mp4"))),
            ],
            DateTimeOffset.UnixEpoch));

    public async ValueTask DisposeAsync()
    {
        await host.Services.GetRequiredService<IBusControl>().StopAsync();
        host.Dispose();
        await broker.DisposeAsync();
    }
}
