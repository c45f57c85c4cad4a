using System.Text.RegularExpressions;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Podcast.Hosting.Startup;

/// <summary>Tells in one line what an operator must put right, where it is that.</summary>
internal static partial class StartFailure
{
    /// <summary>Null for anything unexpected, which deserves its stack trace.</summary>
    public static string? Describe(Exception failure, IServiceProvider services) => failure switch
    {
        StartupException => failure.Message,
        OptionsValidationException refused => SettingNames.Translate(refused, services),
        AggregateException several when several.InnerExceptions.Select(one => Describe(one, services)).ToList() is var lines
            && lines.TrueForAll(line => line is not null) => string.Join(' ', lines),
        InvalidOperationException when Unreadable().Match(failure.Message) is { Success: true } setting =>
            $"{SettingNames.Environment(setting.Groups["path"].Value)} cannot be read as {setting.Groups["type"].Value}.",
        ConfigurationException => failure.Message.ReplaceLineEndings(" "),
        _ => null,
    };

    // The binder's own words, without the value, which may be a secret.
    [GeneratedRegex(@" at '(?<path>[^']+)' to type '(System\.)?(?<type>[^']+)'")]
    private static partial Regex Unreadable();
}
