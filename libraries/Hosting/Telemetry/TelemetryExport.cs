using Npgsql;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Podcast.Hosting.Telemetry;

/// <summary>
/// Exports traces, metrics and logs by OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; the other <c>OTEL_…</c> variables apply
/// as well.
/// </summary>
internal static class TelemetryExport
{
    private static readonly string[] sources = ["Podcast.*", "MassTransit", "System.Net.Http"];
    private static readonly string[] meters = ["Podcast.*", "MassTransit", "Microsoft.AspNetCore.*", "System.Net.Http"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName,
                serviceNamespace: "podcast",
                serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}"))
            .WithTracing(traces => traces
                .AddSource(sources)
                .AddNpgsql()
                .AddAspNetCoreInstrumentation(requests => requests.Filter =
                    context => !context.Request.Path.StartsWithSegments("/health"))
                .AddProcessor(new SpanRedaction()) // processors run in order, so this precedes the exporter
                .AddOtlpExporter())
            .WithMetrics(metrics => metrics
                .AddMeter(meters)
                .AddNpgsqlInstrumentation()
                .AddRuntimeInstrumentation()
                .AddOtlpExporter())
            .WithLogging(logs => logs.AddOtlpExporter(), logs => logs.IncludeFormattedMessage = true);
    }
}
