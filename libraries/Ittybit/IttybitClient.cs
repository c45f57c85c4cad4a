using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Podcast.Ittybit.Dialects;
using Podcast.Ittybit.Resilience;
using Podcast.SettingsBinding;
using Refit;

namespace Podcast.Ittybit;

/// <summary>Registers the services of this library. The methods may be called more than once.</summary>
public static class IttybitClient
{
    /// <summary>
    /// The name of the HTTP client behind <see cref="IIttybitApi"/>. A handler that is added with
    /// <c>services.AddHttpClient(IttybitClient.Name)</c> runs inside the retries and outside the timeouts: it sees every attempt,
    /// and may delay it.
    /// </summary>
    public const string Name = "ittybit";

    /// <summary>
    /// Adds <see cref="IIttybitApi"/> with key, version, timeouts and retries as set in <see cref="IttybitOptions"/>. Services
    /// that create or receive callbacks also need <see cref="AddIttybitWebhooks"/>.
    /// </summary>
    public static IServiceCollection AddIttybitClient(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(KeyHandler)))
            return services;

        services.AddSettings<IttybitOptions>("Ittybit", variables: "ITTYBIT_API_KEY")
            .PostConfigure<IConfiguration>((options, configuration) => options.ApiKey =
                (string.IsNullOrWhiteSpace(options.ApiKey) ? configuration["ITTYBIT_API_KEY"] ?? "" : options.ApiKey).Trim())
            .Validate(options => IsWeb(options.BaseAddress), "Ittybit__BaseAddress must be an http or https address.");

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IttybitCalls>();
        services.AddTransient<KeyHandler>();
        services.AddTransient<RetryHandler>();
        services.AddTransient<TimeoutHandler>();
        services
            .AddRefitGeneratedClient<IIttybitApi>(_ => Settings(), Name)
            .ConfigureHttpClient((provider, client) =>
            {
                // Refit appends its paths, which begin with a slash, to the base path.
                var address = provider.GetRequiredService<IOptions<IttybitOptions>>().Value.BaseAddress;
                client.BaseAddress = new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/'));
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = System.Net.DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddHttpMessageHandler<RetryHandler>()
            .AddHttpMessageHandler<KeyHandler>()
            .RemoveAllLoggers();

        // PostConfigure makes the timeouts the innermost handler, also of handlers that are added later.
        services.PostConfigure<HttpClientFactoryOptions>(Name, client => client.HttpMessageHandlerBuilderActions.Add(
            builder => builder.AdditionalHandlers.Add(builder.Services.GetRequiredService<TimeoutHandler>())));
        return services;
    }

    private static RefitSettings Settings()
    {
        var settings = new RefitSettings(new SystemTextJsonContentSerializer(IttybitJson.Options))
        {
            Buffered = true,
            // Refit would wrap timeouts, lost connections and HeldBackException, which callers must tell apart.
            TransportExceptionFactory = (_, exception, _) => exception,
        };

        // Refit returns null for an empty body; treat it like any other unreadable response.
        var refusal = settings.ExceptionFactory;
        settings.ExceptionFactory = async response => await refusal(response)
            ?? (response.Content.Headers.ContentLength == 0 ? await Unreadable(response, settings) : null);
        return settings;
    }

    private static async Task<Exception> Unreadable(HttpResponseMessage response, RefitSettings settings)
    {
        var empty = new JsonException("The body is empty.");
        var request = response.RequestMessage!;
        return await ApiException.Create(empty.Message, request, request.Method, response, settings, empty);
    }

    /// <summary>Adds <see cref="CallbackAddress"/> and <see cref="WebhookOptions"/>, checked at start.</summary>
    public static IServiceCollection AddIttybitWebhooks(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(CallbackAddress)))
            return services;

        services.AddSettings<WebhookOptions>("Webhooks", variables: "ITTYBIT_WEBHOOK_SECRET")
            .PostConfigure<IConfiguration>((options, configuration) => options.Secrets =
                [.. options.Secrets.Append(configuration["ITTYBIT_WEBHOOK_SECRET"]).OfType<string>()
                    .Select(secret => secret.Trim()).Where(secret => secret.Length > 0).Distinct()])
            .Validate(options => IsWeb(options.PublicUrl), "Webhooks__PublicUrl must be an http or https address.");

        services.AddSingleton<CallbackAddress>();
        return services;
    }

    internal static bool IsWeb(Uri? address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
