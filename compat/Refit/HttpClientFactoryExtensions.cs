using Microsoft.Extensions.DependencyInjection;

namespace Refit;

/// <summary>Interfaces of <see cref="RestService"/> over <see cref="IHttpClientFactory"/> (upstream: package Refit.HttpClientFactory).</summary>
public static class HttpClientFactoryExtensions
{
    /// <summary>Registers <typeparamref name="T"/> over a named client; the builder sets its address and handlers.</summary>
    public static IHttpClientBuilder AddRefitClient<T>(this IServiceCollection services, RefitSettings? settings = null)
        where T : class =>
        services.AddRefitClient<T>(_ => settings);

    /// <inheritdoc cref="AddRefitClient{T}(IServiceCollection, RefitSettings?)"/>
    /// <param name="settingsAction">Called once.</param>
    /// <param name="httpClientName">The client's name; null makes one of the interface's.</param>
    /// <remarks>The name that upstream makes is another: name the client to find it again.</remarks>
    public static IHttpClientBuilder AddRefitClient<T>(
        this IServiceCollection services,
        Func<IServiceProvider, RefitSettings?>? settingsAction,
        string? httpClientName = null)
        where T : class
    {
        services.AddSingleton(provider => new SettingsFor<T>(settingsAction?.Invoke(provider)));
        return services
            .AddHttpClient(httpClientName ?? typeof(T).FullName!)
            .AddTypedClient((client, provider) =>
                RestService.For<T>(client, provider.GetRequiredService<SettingsFor<T>>().Settings));
    }

    private sealed record SettingsFor<T>(RefitSettings? Settings);
}
