namespace Podcast.Hosting.Startup;

/// <summary>
/// This process cannot start or cannot run its verb. The message is one line for the operator, without secrets.
/// </summary>
internal sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
