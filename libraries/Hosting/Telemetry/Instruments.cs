using Microsoft.Extensions.Logging.Abstractions;

namespace Podcast.Hosting.Telemetry;

/// <summary>Registers the instruments of a service.</summary>
public static class Instruments
{
    /// <summary>Makes <typeparamref name="T"/> at the start, because gauges that nobody else uses would never be made.</summary>
    public static void AddInstruments<T>(this IServiceCollection services)
        where T : class
    {
        services.TryAddSingleton<T>();
        services.AddHostedService<Maker<T>>();
    }

    private sealed class Maker<T>(T made) : IHostedService
        where T : class
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _ = made;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>
/// What several observable gauges show of a database: it is read when somebody collects, once for all of them. Without an exporter
/// nobody collects, and nothing is read.
/// </summary>
/// <param name="read">Reads it, by an index.</param>
/// <param name="clock">The clock of the host.</param>
/// <param name="logger">Hears why it could not be read; the gauges then show nothing.</param>
public sealed class GaugeReading<T>(Func<CancellationToken, Task<IReadOnlyList<T>>> read, TimeProvider clock, ILogger? logger = null)
{
    private static readonly TimeSpan oneCollection = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(5);

    private readonly Lock turn = new();
    private readonly ILogger log = logger ?? NullLogger.Instance;
    private IReadOnlyList<T> last = [];
    private long? readAt;

    /// <summary>What was read for this collection. Collections have a thread of their own, which may wait for the database.</summary>
    public IReadOnlyList<T> Value
    {
        get
        {
            lock (turn)
            {
                if (readAt is { } at && clock.GetElapsedTime(at) < oneCollection)
                    return last;

                last = Read();
                readAt = clock.GetTimestamp();
                return last;
            }
        }
    }

    private IReadOnlyList<T> Read()
    {
        using var end = new CancellationTokenSource(limit, clock);
        try
        {
            return Task.Run(() => read(end.Token).WaitAsync(end.Token), end.Token).GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            log.GaugesNotRead(typeof(T).Name, failure.GetBaseException().GetType().Name);
            return [];
        }
    }
}
