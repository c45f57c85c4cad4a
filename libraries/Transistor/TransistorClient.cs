using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Podcast.SettingsBinding;

namespace Podcast.Transistor;

/// <summary>Registers the services of this library.</summary>
public static class TransistorClient
{
    /// <summary>
    /// The name of the HTTP client behind <see cref="ITransistorApi"/>. A handler that is added with
    /// <c>services.AddHttpClient(TransistorClient.Name)</c> sees every request, within <see cref="TransistorOptions.Timeout"/>.
    /// </summary>
    public const string Name = "transistor";

    /// <summary>Adds <see cref="ITransistorApi"/> and <see cref="AudioUploader"/>; may be called more than once.</summary>
    public static IServiceCollection AddTransistorClient(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(KeyHandler)))
            return services;

        services.AddSettings<TransistorOptions>("Transistor", variables: "TRANSISTOR_API_KEY")
            .PostConfigure<IConfiguration>((options, configuration) => options.ApiKey =
                (string.IsNullOrWhiteSpace(options.ApiKey) ? configuration["TRANSISTOR_API_KEY"] ?? "" : options.ApiKey).Trim())
            .Validate(
                options => options.BaseAddress is { IsAbsoluteUri: true, Scheme: "http" or "https" },
                "Transistor__BaseAddress must be an http or https address.");

        services.AddTransient<KeyHandler>();
        services
            .AddRefitGeneratedClient<ITransistorApi>(_ => Settings(), Name)
            .ConfigureHttpClient((provider, client) =>
            {
                var options = provider.GetRequiredService<IOptions<TransistorOptions>>().Value;
                client.BaseAddress = new Uri(options.BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/'));
                client.Timeout = options.Timeout;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .AddHttpMessageHandler<KeyHandler>()
            .RemoveAllLoggers();

        services.AddHttpClient<AudioUploader>(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers();
        return services;
    }

    internal static RefitSettings Settings()
    {
        var settings = new RefitSettings(new SystemTextJsonContentSerializer(TransistorJson.Options))
        {
            Buffered = true,
            // Refit would wrap timeouts, lost connections and HeldBackException, which callers must tell apart.
            TransportExceptionFactory = (_, exception, _) => exception,
        };

        // Refit returns null for an empty body and for "null"; treat them like any other unreadable response.
        var refusal = settings.ExceptionFactory;
        settings.ExceptionFactory = async response => await refusal(response)
            ?? ((await response.Content.ReadAsStringAsync()).Trim() is "" or "null" ? new JsonException("The body is empty.") : null);
        return settings;
    }
}

/// <summary>Adds the API key to every request. It is read each time, so that a changed key applies at once.</summary>
internal sealed class KeyHandler(IOptionsMonitor<TransistorOptions> options) : DelegatingHandler
{
    public const string Header = "x-api-key";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(Header);
        request.Headers.Add(Header, options.CurrentValue.ApiKey);
        return base.SendAsync(request, cancellationToken);
    }
}
