using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Podcast.Hosting.Data;
using Podcast.Hosting.Health;
using Podcast.Hosting.Startup;
using Podcast.Hosting.Telemetry;
using Podcast.SettingsBinding;

namespace Podcast.Hosting;

/// <summary>What every host does the same way: clock, problem+json, health, logs, telemetry, its end.</summary>
public static class ServiceDefaults
{
    /// <summary>Adds them.</summary>
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
    /// Maps, in every environment, <c>/health/live</c> (this process answers), <c>/health/ready</c> (it can answer its callers, see
    /// <see cref="ReadinessExtensions"/>) and <c>/health</c>, the whole report for people: all that it works with, and why something is
    /// not there. What is only degraded is 200: a provider that takes no calls is no reason to turn callers of others away.
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
