using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Podcast.Hosting.Telemetry;

/// <summary>Listens from before the first service starts until after the last has stopped; then what is left is sent.</summary>
internal sealed class TelemetryService(IHostEnvironment environment, IConfiguration configuration) : IHostedLifecycleService, IDisposable
{
    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        traces = TelemetryExport.Traces(environment, configuration);
        metrics = TelemetryExport.Metrics(environment, configuration);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }
}
