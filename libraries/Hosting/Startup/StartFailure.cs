using MassTransit;
using Microsoft.Extensions.Options;

namespace Podcast.Hosting.Startup;

/// <summary>Tells in one line what an operator must put right, where it is that.</summary>
public static class StartFailure
{
    /// <summary>Null for anything unexpected, which deserves its stack trace.</summary>
    public static string? Describe(Exception failure) => failure switch
    {
        StartupException => failure.Message,
        OptionsValidationException refused => Join(refused.Failures),
        AggregateException several when several.InnerExceptions.Select(Describe).ToList() is var lines
            && lines.TrueForAll(line => line is not null) => Join(lines!),
        ConfigurationException => failure.Message.ReplaceLineEndings(" "),
        _ => null,
    };

    /// <summary>Several options may depend on, and fail by, the same one.</summary>
    private static string Join(IEnumerable<string> lines) => string.Join(' ', lines.Distinct());
}
