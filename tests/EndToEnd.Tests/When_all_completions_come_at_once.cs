using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Contracts;
using Podcast.Hosting;
using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

public sealed class When_all_completions_come_at_once : IAsyncLifetime
{
    private const int Episodes = 200;

    private RabbitMqVirtualHost broker = null!;
    private Deployment podcast = null!;
    private IHost publisher = null!;

    public async Task InitializeAsync()
    {
        broker = await RabbitMqServer.CreateVirtualHost();
        podcast = await Deployment.Create(broker.ConnectionString, "Orchestrator", "Processing");

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:RabbitMq", broker.ConnectionString)]);
        builder.AddMessageBus(_ => { });
        publisher = builder.Build();
        await publisher.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await publisher.StopAsync();
        publisher.Dispose();
        await podcast.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task three_orchestrators_apply_each_of_them()
    {
        var bus = publisher.Services.GetRequiredService<IBus>();
        var kinds = Enum.GetValues<TaskKind>();
        var ids = Enumerable.Range(0, Episodes).Select(_ => Guid.NewGuid()).ToList();
        var orchestrators = await Task.WhenAll(podcast.Start("Orchestrator", []), podcast.Start("Orchestrator", []), podcast.Start("Orchestrator", []));
        var source = new EpisodeSource(null, new Uri("https://cdn.example/raw.mp4"));
        await Task.WhenAll(ids.Select(id => bus.Publish(new EpisodeUploaded(
            id, "alice", "One of many", source, Tasks: [.. kinds.Select(kind => new PlannedTask(kind))]))));
        await Eventually.Holds(() => Has("Processing"), "all episodes are begun", TimeSpan.FromMinutes(1));

        var output = new TaskOutput("file_1", new Uri("https://cdn.example/output"));
        await Task.WhenAll(ids.SelectMany(id => kinds.Select(kind => bus.Publish(
            new TaskCompleted(id, kind, 1, $"task_{kind}_{id:N}", output, DateTimeOffset.UnixEpoch)))));

        await Eventually.Holds(() => Has("Completing"), "all tasks of all episodes are completed", TimeSpan.FromMinutes(1));
        (await podcast.Count("SELECT min(version) FROM orchestrator.episodes")).ShouldBe(1 + kinds.Length);
        (await podcast.Count("SELECT max(version) FROM orchestrator.episodes")).ShouldBe(1 + kinds.Length);
        (await broker.Failures()).ShouldBeEmpty();
        orchestrators.Sum(orchestrator => orchestrator.Output.Split("R-RETRY").Length - 1).ShouldBeLessThan(Episodes * kinds.Length);
    }

    private async Task<bool> Has(string state) =>
        await podcast.Count($"SELECT count(*) FROM orchestrator.episodes WHERE state = '{state}'") == Episodes;
}
