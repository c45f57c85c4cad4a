using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Podcast.SettingsBinding;

/// <summary>Registers options that are read from the configuration, and stop the start when something in it is misspelt.</summary>
public static class SettingsExtensions
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to <paramref name="section"/> and checks it when the host starts, or when it is first asked for.
    /// A key of the section that <typeparamref name="T"/> does not know, a value that cannot be read, and a broken validation attribute
    /// are told as <see cref="OptionsValidationException"/>, by the name of the environment variable. Several types may share a section;
    /// calling it twice does no more than calling it once.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="section">The section's path: <c>Bus</c>, <c>Lanes:Ittybit</c>.</param>
    /// <param name="name">The options' name, for types with an instance per database.</param>
    /// <param name="variables">Environment variables outside of the section that are read too: <c>ITTYBIT_API_KEY</c>.</param>
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
    /// Stops the start when <c>ConnectionStrings:{name}</c> is misspelt: without it the host would take another database, or another bus.
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

    /// <summary>The configuration, if there is one and nothing is wrong with <paramref name="section"/> in it.</summary>
    private static IConfiguration? Configuration<T>(this IServiceProvider provider, string section, string name)
    {
        if (provider.GetService<IConfiguration>() is not { } configuration)
            return null;

        var objections = new SettingsCheck(provider.GetServices<KnownSettings>(), configuration).Objections(section).ToList();
        return objections.Count == 0 ? configuration : throw new OptionsValidationException(name, typeof(T), objections);
    }

    private sealed class ConnectionStrings;
}
