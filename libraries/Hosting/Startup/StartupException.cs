namespace Podcast.Hosting.Startup;

/// <summary>This process cannot start, or cannot do what its command line says. The message is a line for the operator, without secrets.</summary>
internal sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
