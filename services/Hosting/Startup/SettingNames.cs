using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Podcast.Hosting.Startup;

/// <summary>
/// Names settings as whoever deploys us sets them: <c>Bus__PrefetchCount</c>. Options know their properties, but only their binding
/// knows the section: it is watched once more on an empty configuration.
/// </summary>
internal static partial class SettingNames
{
    /// <summary>The environment variable of a configuration path.</summary>
    public static string Environment(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>What is wrong with options, with their environment variables' names.</summary>
    public static string Translate(OptionsValidationException refused, IServiceProvider services)
    {
        var section = Section(refused.OptionsType, services);
        return string.Join(' ', refused.Failures.Select(failure => Translate(failure, section)).Distinct());
    }

    private static string Translate(string failure, string? section)
    {
        var match = DataAnnotation().Match(failure);
        if (!match.Success)
            return section is null ? failure : Paths(section).Replace(failure, path => Environment(path.Value));

        var (member, error) = (match.Groups["member"].Value, match.Groups["error"].Value);
        var path = $"{match.Groups["path"].Value.Replace('.', ':')}:{member}"; // options within options
        var name = Environment($"{section}{path}".TrimStart(':'));
        var mention = $"The field {member} ";
        return error.StartsWith(mention, StringComparison.Ordinal) ? $"{name} {error[mention.Length..]}"
            : error == $"The {member} field is required." ? $"{name} is required."
            : char.IsLower(error[0]) ? $"{name} {error}"
            : $"{name}: {error}";
    }

    private static string? Section(Type options, IServiceProvider services) =>
        (string?)typeof(SettingNames)
            .GetMethod(nameof(SectionOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(options)
            .Invoke(null, [services]);

    private static string? SectionOf<T>(IServiceProvider services)
        where T : class
    {
        var watched = new Watched();
        foreach (var binding in services.GetServices<IConfigureOptions<T>>().OfType<ConfigureNamedOptions<T, IConfiguration>>())
            binding.Action?.Invoke(Activator.CreateInstance<T>(), watched);
        return watched.Section;
    }

    [GeneratedRegex(@"^DataAnnotation validation failed for '[^'.]+(?<path>[^']*)' members: '(?<member>[^',]*)[^']*' with the error: '(?<error>.+)'\.$", RegexOptions.Singleline)]
    private static partial Regex DataAnnotation();

    private static Regex Paths(string section) => new($@"\b{Regex.Escape(section)}(:\w+)+");

    /// <summary>An empty configuration that remembers which section was asked for first.</summary>
    private sealed class Watched : IConfiguration
    {
        private readonly IConfiguration empty = new ConfigurationBuilder().Build();

        public string? Section { get; private set; }

        public string? this[string key]
        {
            get => null;
            set => throw new NotSupportedException();
        }

        public IConfigurationSection GetSection(string key)
        {
            Section ??= key;
            return empty.GetSection(key);
        }

        public IEnumerable<IConfigurationSection> GetChildren() => [];

        public IChangeToken GetReloadToken() => empty.GetReloadToken();
    }
}
