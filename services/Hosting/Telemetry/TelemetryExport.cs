using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Podcast.Hosting.Telemetry;

/// <summary>
/// Traces, metrics and logs by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; the other <c>OTEL_…</c> settings work too. The
/// libraries bring their own sources and meters, so there is nothing to instrument.
/// </summary>
internal static class TelemetryExport
{
    private static readonly string[] sources = ["Podcast.*", "MassTransit", "Npgsql", "Microsoft.AspNetCore", "System.Net.Http"];

    private static readonly string[] meters =
        ["Podcast.*", "MassTransit", "Npgsql", "Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;

        builder.Services.AddHostedService<TelemetryService>();
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(Resource(builder.Environment, builder.Configuration));
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter();
        });
    }

    public static TracerProvider Traces(IHostEnvironment environment, IConfiguration configuration) => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(configuration))
        .SetResourceBuilder(Resource(environment, configuration))
        .AddSource(sources)
        .AddProcessor(new Redaction()) // before the exporter: processors run in order
        .AddOtlpExporter()
        .Build();

    public static MeterProvider Metrics(IHostEnvironment environment, IConfiguration configuration) => Sdk.CreateMeterProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(configuration))
        .SetResourceBuilder(Resource(environment, configuration))
        .AddMeter(meters)
        .AddOtlpExporter()
        .Build();

    private static ResourceBuilder Resource(IHostEnvironment environment, IConfiguration configuration) => ResourceBuilder.CreateDefault()
        .AddService(
            configuration["OTEL_SERVICE_NAME"] ?? environment.ApplicationName,
            serviceNamespace: "podcast",
            serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}");
}
