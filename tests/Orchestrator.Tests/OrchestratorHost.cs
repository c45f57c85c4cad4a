using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Contracts;
using Podcast.Hosting;
using Podcast.Orchestrator.Data;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests;

/// <summary>The orchestrator as it ships, on SQLite or PostgreSQL and the in-memory bus, with a clock that stands still.</summary>
internal sealed class OrchestratorHost : IAsyncDisposable
{
    private readonly IHost host;

    private OrchestratorHost(TemporaryDirectory directory, ManualClock clock, string? postgres)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["ConnectionStrings:orchestrator"] = postgres;
        builder.Configuration["Data:MigrateOnStart"] = "true";
        builder.Configuration["Data:Directory"] = directory.Path;
        builder.Configuration["Outbox:SendTimeout"] = "00:10:00"; // by the test's clock: moving it must not end a send that is under way
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddServiceDefaults();
        builder.AddMessageBus(bus => bus.AddOrchestrator());
        host = builder.Build();
    }

    public IBus Bus => host.Services.GetRequiredService<IBus>();

    public BusRecorder Recorder { get; private set; } = null!;

    public static async Task<OrchestratorHost> Start(TemporaryDirectory directory, ManualClock clock, string? postgres = null)
    {
        var orchestrator = new OrchestratorHost(directory, clock, postgres);
        await orchestrator.host.StartAsync();
        await clock.HasTimer(new OrchestratorOptions().SweepInterval);
        await clock.HasTimer(TimeSpan.FromHours(1)); // the clean-up of old tasks
        orchestrator.Recorder = BusRecorder.On(orchestrator.Bus);
        await orchestrator.Recorder.Listen<ExtractAudio>(orchestrator.Bus);
        await orchestrator.Recorder.Listen<CheckOutputs>(orchestrator.Bus);
        await orchestrator.Recorder.Listen<TaskCompleted>(orchestrator.Bus);
        await orchestrator.Recorder.Listen<TaskFailed>(orchestrator.Bus);
        await orchestrator.Recorder.Listen<TaskProgressed>(orchestrator.Bus);
        return orchestrator;
    }

    public T Service<T>() where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Publishes and waits until every endpoint that takes it is done with it.</summary>
    public Task Hears<T>(T message)
        where T : class => Recorder.Hears(Bus, message);

    public async Task<T> Reads<T>(Func<OrchestratorDbContext, Task<T>> query)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<OrchestratorDbContext>());
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
