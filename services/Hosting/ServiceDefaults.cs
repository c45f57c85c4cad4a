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
        services.AddExceptionHandler<AnswerWhenAway>();
        services.AddHealthChecks();
        services.AddSettings<ServiceOptions>("Service");
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ServiceOptions.Read(builder.Configuration).StopTimeout);
        builder.AddLogLines();
        builder.AddTelemetry();
    }

    /// <summary>
    /// Maps <c>/health/live</c> (this process answers) and <c>/health/ready</c> (what it needs is there; if not, why), in every environment.
    /// What is only degraded is told, and stays in service: a provider that takes no calls is no reason to take the others' door away.
    /// </summary>
    public static void MapServiceDefaults(this WebApplication app)
    {
        app.UseRequestSpans();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthReportJson.Write });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains("ready"),
            ResponseWriter = HealthReportJson.Write,
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status200OK },
        });
    }
}
