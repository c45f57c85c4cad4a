using System.ComponentModel;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Podcast.SettingsBinding;

/// <summary>
/// Registers options that are bound to the configuration; the start fails if a key is misspelt. An option may also be an
/// <see cref="IPNetwork"/>, in CIDR notation.
/// </summary>
public static class SettingsExtensions
{
    static SettingsExtensions() =>
        TypeDescriptor.AddAttributes(typeof(IPNetwork), new TypeConverterAttribute(typeof(NetworkConverter)));

    /// <summary>The keys in <paramref name="section"/>, for services that are composed by them.</summary>
    public static IReadOnlyList<string> KeysIn(this IConfiguration configuration, string section) =>
        [.. configuration.GetSection(section).GetChildren().Select(child => child.Key)];

    /// <summary>
    /// Binds <typeparamref name="T"/> to <paramref name="section"/> and validates it when the host starts, or earlier on first
    /// use. An unknown key in the section, a value that cannot be converted and a failed validation attribute cause an
    /// <see cref="OptionsValidationException"/> that names the environment variable. Several types may share a section, and the
    /// method may be called more than once.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="section">The path of the section: <c>Bus</c>, <c>Lanes:Ittybit</c>.</param>
    /// <param name="name">The name of the options, for types with one instance per database.</param>
    /// <param name="variables">Environment variables that are read beside the section: <c>ITTYBIT_API_KEY</c>.</param>
    public static OptionsBuilder<T> AddSettings<T>(
        this IServiceCollection services, string section, string? name = null, params string[] variables)
        where T : class
    {
        var builder = services.AddOptions<T>(name);
        if (!services.AddKnown(new KnownSettings(section, builder.Name, typeof(T), [.. Setting.Of(typeof(T), section)], variables)))
            return builder;

        services.AddSingleton<IValidateOptions<T>>(new SettingsValidator<T>(builder.Name, section));
        return builder.CheckAndBind(section);
    }

    /// <summary>Makes the start fail if <c>ConnectionStrings:{name}</c> is misspelt, or a default would be used.</summary>
    public static IServiceCollection AddConnectionString(this IServiceCollection services, string name)
    {
        var setting = new Setting($"ConnectionStrings:{name}", typeof(string));
        if (services.AddKnown(new KnownSettings("", name, typeof(ConnectionStrings), [setting], [])))
            services.AddOptions<ConnectionStrings>().CheckAndBind("");
        return services;
    }

    private static bool AddKnown(this IServiceCollection services, KnownSettings known)
    {
        var isNew = !services.Any(service => service.ImplementationInstance is KnownSettings other
            && (other.Section, other.Name, other.Options) == (known.Section, known.Name, known.Options));
        if (isNew)
            services.AddSingleton(known);
        return isNew;
    }

    private static OptionsBuilder<T> CheckAndBind<T>(this OptionsBuilder<T> builder, string section)
        where T : class => builder.Configure<IServiceProvider>((options, provider) =>
    {
        if (provider.GetService<IConfiguration>() is not { } configuration)
            return;

        var objections = new SettingsCheck(provider.GetServices<KnownSettings>(), section).Objections(configuration).ToList();
        if (objections.Count > 0)
            throw new OptionsValidationException(builder.Name, typeof(T), objections);
        configuration.GetSection(section).Bind(options);
    }).ValidateOnStart();

    private sealed class ConnectionStrings;

    private sealed class NetworkConverter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            IPNetwork.Parse((string)value);
    }
}
