namespace Podcast.Hosting.Startup;

/// <summary>
/// This process cannot start or cannot run its verb. The message is one line for the operator, without secrets.
/// </summary>
internal sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Describes in one line a start failure that an operator can correct.</summary>
public static class StartFailure
{
    /// <summary>The line; null for an unexpected exception, which should be reported with its stack trace.</summary>
    public static string? Describe(Exception failure) => failure switch
    {
        StartupException => failure.Message,
        OptionsValidationException refused => Join(refused.Failures),
        AggregateException several when several.InnerExceptions.Select(Describe).ToList() is var lines
            && lines.TrueForAll(line => line is not null) => Join(lines!),
        ConfigurationException => failure.Message.ReplaceLineEndings(" "),
        _ => null,
    };

    /// <summary>Joins the distinct lines, because several options may fail for the same reason.</summary>
    private static string Join(IEnumerable<string> lines) => string.Join(' ', lines.Distinct());
}
