using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Hosting.Health;

/// <summary>What a service must have to answer its callers.</summary>
public static class ReadinessExtensions
{
    /// <summary>
    /// Lets <c>/health/ready</c> depend on these checks alone (<see cref="MessageBus.HealthCheck"/>,
    /// <see cref="Database.HealthCheck"/>): without them every request fails, so none should be sent here. Where nothing is called, as in a
    /// worker, nobody is turned away, and readiness means everything: a rolling update stops at a version that cannot work.
    /// </summary>
    public static void IsReadyWith(this IServiceCollection services, params string[] checks) => services.AddSingleton(new Readiness(checks));
}

/// <summary>What one service asks for; several may live in one process.</summary>
internal sealed record Readiness(IReadOnlyList<string> Checks);
