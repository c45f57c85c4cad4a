namespace Podcast.Hosting.Health;

/// <summary>Chooses the health checks that <c>/health/ready</c> reports.</summary>
public static class ReadinessExtensions
{
    /// <summary>
    /// Limits <c>/health/ready</c> to the checks that the service needs to answer requests (<see cref="MessageBus.HealthCheck"/>,
    /// <see cref="Database.HealthCheck"/>). A host that never calls this, such as a worker, is ready only if all checks pass, so
    /// that a rolling update stops at a version that does not work.
    /// </summary>
    public static void IsReadyWith(this IServiceCollection services, params string[] checks) =>
        services.AddSingleton(new Readiness(checks));
}

/// <summary>The checks that one service needs; a process may host several services.</summary>
internal sealed record Readiness(IReadOnlyList<string> Checks);
