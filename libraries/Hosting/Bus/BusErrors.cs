using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;

namespace Podcast.Hosting.Bus;

/// <summary>Describes a broker failure for logs and <c>/health</c>, without passwords or addresses.</summary>
internal static class BusErrors
{
    public static string Describe(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationFailureException:
                    return "RabbitMQ refuses user or password";
                case SocketException { SocketErrorCode: var code }:
                    return $"RabbitMQ does not answer ({code})";
                case OperationInterruptedException { ShutdownReason: { } reason }:
                    return $"RabbitMQ refuses ({reason.ReplyText})";
                case ConfigurationException:
                    return cause.Message;
            }
        }

        return exception is null ? "not connected" : $"not connected ({exception.GetBaseException().GetType().Name})";
    }
}
