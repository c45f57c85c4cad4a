using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Podcast.SettingsBinding;

/// <summary>Registers options that are bound to the configuration. The start fails if a key is misspelt.</summary>
public static class SettingsExtensions
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to <paramref name="section"/> and validates it when the host starts, or earlier on first
    /// use. An unknown key in the section, a value that cannot be converted and a failed validation attribute cause an
    /// <see cref="OptionsValidationException"/> that names the environment variable. Several types may share a section, and the
    /// method may be called more than once.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="section">The path of the section: <c>Bus</c>, <c>Lanes:Ittybit</c>.</param>
    /// <param name="name">The name of the options, for types with one instance per database.</param>
    /// <param name="variables">Environment variables outside of the section that are read as well:
    /// <c>ITTYBIT_API_KEY</c>.</param>
    public static OptionsBuilder<T> AddSettings<T>(
        this IServiceCollection services, string section, string? name = null, params string[] variables)
        where T : class
    {
        var builder = services.AddOptions<T>(name);
        if (!services.AddKnown(new KnownSettings(section, builder.Name, typeof(T), [.. Setting.Of(typeof(T), section)], variables)))
            return builder;

        services.AddSingleton<IValidateOptions<T>>(new SettingsValidator<T>(builder.Name, section));
        return builder
            .Configure<IServiceProvider>((options, provider) =>
                provider.Configuration<T>(section, builder.Name)?.GetSection(section).Bind(options))
            .ValidateOnStart();
    }

    /// <summary>
    /// Makes the start fail if <c>ConnectionStrings:{name}</c> is misspelt: otherwise the host would use its default database or
    /// bus.
    /// </summary>
    public static IServiceCollection AddConnectionString(this IServiceCollection services, string name)
    {
        var setting = new Setting($"ConnectionStrings:{name}", typeof(string));
        if (services.AddKnown(new KnownSettings("", name, typeof(ConnectionStrings), [setting], [])))
        {
            services.AddOptions<ConnectionStrings>()
                .Configure<IServiceProvider>((_, provider) => provider.Configuration<ConnectionStrings>("", Options.DefaultName))
                .ValidateOnStart();
        }

        return services;
    }

    private static bool AddKnown(this IServiceCollection services, KnownSettings known)
    {
        if (services.Any(service => service.ImplementationInstance is KnownSettings other && other.IsSameAs(known)))
            return false;

        services.AddSingleton(known);
        return true;
    }

    /// <summary>The configuration; null if none is registered. Throws if <paramref name="section"/> has problems.</summary>
    private static IConfiguration? Configuration<T>(this IServiceProvider provider, string section, string name)
    {
        if (provider.GetService<IConfiguration>() is not { } configuration)
            return null;

        var objections = new SettingsCheck(provider.GetServices<KnownSettings>(), configuration).Objections(section).ToList();
        return objections.Count == 0 ? configuration : throw new OptionsValidationException(name, typeof(T), objections);
    }

    private sealed class ConnectionStrings;
}
