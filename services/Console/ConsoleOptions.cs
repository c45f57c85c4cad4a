namespace Podcast.OperatorsConsole;

/// <summary>Section <c>Console</c>.</summary>
public sealed class ConsoleOptions
{
    /// <summary>Where Ingest.Api is. Null: in this process.</summary>
    public Uri? ApiAddress { get; set; }

    /// <summary>
    /// True lets in, without a token, whoever works at this computer; the API must have a local user, too. False: everybody signs in
    /// with a bearer token that the API accepts.
    /// </summary>
    public bool LocalUser { get; set; }

    /// <summary>RabbitMQ's management UI, for a link to it. Null: none.</summary>
    public Uri? RabbitMqManagement { get; set; }

    /// <summary>How long an answer of the API may take.</summary>
    public TimeSpan ApiTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
