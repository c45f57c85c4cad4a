using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;

namespace Podcast.Hosting.Bus;

/// <summary>Healthy if the bus is connected and every endpoint consumes; the reason names the queues that do not.</summary>
internal sealed class BusCheck(IBusControl bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = bus.CheckHealth();
        if (health.Status == BusHealthStatus.Healthy)
            return Task.FromResult(HealthCheckResult.Healthy());

        var away = health.Endpoints.Where(endpoint => endpoint.Value.Status != BusHealthStatus.Healthy).ToList();
        var reason = away.Select(endpoint => endpoint.Value.Exception).FirstOrDefault(cause => cause is not null) ?? health.Exception;
        var queues = away.Select(endpoint => endpoint.Key).Where(address => address != bus.Address.ToString())
            .Select(address => address.Split('?')[0].Split('/')[^1]).Order().ToList();
        var silent = queues.Count == 0 ? "" : $"; not consuming: {string.Join(", ", queues)}";
        return Task.FromResult(HealthCheckResult.Unhealthy(BusErrors.Describe(reason) + silent));
    }
}

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
