using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Podcast.Hosting.Health;
using Podcast.Hosting.Telemetry;

namespace Podcast.Hosting;

/// <summary>The defaults that all hosts share: clock, problem+json, health, logs, telemetry, shutdown.</summary>
public static class ServiceDefaults
{
    /// <summary>Adds the services.</summary>
    public static void AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddProblemDetails();
        services.AddExceptionHandler<DatabaseUnavailableHandler>();
        services.AddHealthChecks();
        services.AddSettings<ServiceOptions>("Service");
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ServiceOptions.Read(builder.Configuration).StopTimeout);
        builder.AddLogLines();
        builder.AddTelemetry();
    }

    /// <summary>
    /// Maps, in every environment, <c>/health/live</c> (the process answers), <c>/health/ready</c> (it can answer requests, see
    /// <see cref="ReadinessExtensions"/>) and <c>/health</c>, the report of all checks with the reason of each failure. Degraded
    /// is 200: a provider that is paused does not stop the host from answering other requests.
    /// </summary>
    public static void MapServiceDefaults(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();

        var needed = app.Services.GetServices<Readiness>().SelectMany(readiness => readiness.Checks).ToHashSet();
        app.MapHealth("/health/live", _ => false);
        app.MapHealth("/health/ready", check => needed.Count == 0 || needed.Contains(check.Name));
        app.MapHealth("/health", _ => true);
    }

    private static void MapHealth(this WebApplication app, string path, Func<HealthCheckRegistration, bool> checks) =>
        app.MapHealthChecks(path, new HealthCheckOptions
        {
            Predicate = checks,
            ResponseWriter = HealthReportJson.Write,
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status200OK },
        });
}
