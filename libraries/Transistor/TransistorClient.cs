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

    /// <summary>The account whose key is <see cref="TransistorOptions.ApiKey"/>.</summary>
    public const string DefaultAccount = "default";

    /// <summary>The name of the HTTP client of an account.</summary>
    public static string NameOf(string account) => account == DefaultAccount ? Name : $"{Name}/{account}";

    /// <summary>Adds <see cref="ITransistorApi"/> and <see cref="AudioUploader"/>; may be called more than once.</summary>
    public static IServiceCollection AddTransistorClient(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(AudioUploader)))
            return services;

        services.AddSettings<TransistorOptions>("Transistor", variables: "TRANSISTOR_API_KEY")
            .PostConfigure<IConfiguration>((options, configuration) => options.ApiKey =
                (string.IsNullOrWhiteSpace(options.ApiKey) ? configuration["TRANSISTOR_API_KEY"] ?? "" : options.ApiKey).Trim())
            .Validate(
                options => options.BaseAddress is { IsAbsoluteUri: true, Scheme: "http" or "https" },
                "Transistor__BaseAddress must be an http or https address.")
            .Validate(
                options => options.Accounts.All(account => account.Value.ApiKey.Length > 0 && !account.Value.ApiKey.Any(char.IsWhiteSpace)),
                "Transistor__Accounts__…__ApiKey must be one word.")
            .Validate(
                options => options.Accounts.Keys.All(name => name.Length <= TransistorOptions.LongestAccount),
                $"Transistor__Accounts__…: the name of an account has at most {TransistorOptions.LongestAccount} characters.");

        services.AddRefitGeneratedClient<ITransistorApi>(_ => Settings(), Name).Calls(DefaultAccount);
        services.AddHttpClient<AudioUploader>(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers();
        return services;
    }

    /// <summary>Adds an <see cref="ITransistorApi"/> with the key of <paramref name="account"/>, whose service key is its name.</summary>
    /// <param name="services">The service collection, after <see cref="AddTransistorClient(IServiceCollection)"/>.</param>
    /// <param name="account">A name in <see cref="TransistorOptions.Accounts"/>, in lower case.</param>
    public static IServiceCollection AddTransistorAccount(this IServiceCollection services, string account)
    {
        services.AddKeyedRefitGeneratedClient<ITransistorApi>(account, _ => Settings(), NameOf(account)).Calls(account);
        return services;
    }

    private static void Calls(this IHttpClientBuilder client, string account) => client
        .ConfigureHttpClient((provider, http) =>
        {
            var options = provider.GetRequiredService<IOptions<TransistorOptions>>().Value;
            http.BaseAddress = new Uri(options.BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/'));
            http.Timeout = options.Timeout;
        })
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        .AddHttpMessageHandler(provider => new KeyHandler(provider.GetRequiredService<IOptionsMonitor<TransistorOptions>>(), account))
        .RemoveAllLoggers();

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
internal sealed class KeyHandler(IOptionsMonitor<TransistorOptions> options, string account) : DelegatingHandler
{
    public const string Header = "x-api-key";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(Header);
        request.Headers.Add(Header, options.CurrentValue.KeyOf(account));
        return base.SendAsync(request, cancellationToken);
    }
}
