using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Podcast.Contracts;
using Podcast.Ittybit.Client;
using Podcast.Lanes.Calls;
using Podcast.Lanes.Data;

namespace Podcast.Lanes;

/// <summary>
/// The way of all calls to one provider, of all our processes: so many in a second, none while it said to wait, none but single tries while
/// it wants a key or money.
/// </summary>
public sealed class Lane : IDisposable
{
    // A turn that comes later than this is given back: calls that were held up somewhere must not leave in one heap.
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(150);

    // Not worth a timer.
    private static readonly TimeSpan Nothing = TimeSpan.FromMilliseconds(1);

    // How old what we know of the lane may be before the database is asked again.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // For so long a call that passed proves that our key is good.
    private static readonly TimeSpan Proof = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(5);

    private readonly string name;
    private readonly string title;
    private readonly LaneOptions options;
    private readonly LaneStore store;
    private readonly LaneNews news;
    private readonly TimeProvider clock;
    private readonly ILogger<Lane> logger;
    private readonly Traffic traffic;
    private readonly Queue queue;
    private volatile Closure? closure;
    private volatile Sight? sight;
    private long lastPassed;

    internal Lane(string name, LaneOptions options, LaneStore store, LaneNews news, TimeProvider clock, ILogger<Lane> logger)
    {
        (this.name, this.options, this.store, this.news, this.clock, this.logger) = (name, options, store, news, clock, logger);
        title = char.ToUpperInvariant(name[0]) + name[1..];
        traffic = new Traffic(clock);
        queue = new Queue(Lease, clock, options.Rate);
    }

    /// <summary>The provider: <c>ittybit</c>.</summary>
    public string Name => name;

    /// <summary>The lane as it stood at most a second ago.</summary>
    public async Task<LaneView> Read(CancellationToken cancellationToken) =>
        sight is { } seen && clock.GetElapsedTime(seen.At) < Fresh ? seen.View : See(await store.Read(cancellationToken));

    /// <summary>What was done with it, newest first.</summary>
    public async Task<IReadOnlyList<LaneEvent>> Events(int most, CancellationToken cancellationToken) =>
        [.. (await store.Events(most, cancellationToken)).Select(e => new LaneEvent(e.At, e.What, e.By, e.Why))];

    /// <summary>Lets calls go at once, on a person's word. Of a lane that is open this changes nothing.</summary>
    public async Task<LaneView> Resume(string by, string? why, CancellationToken cancellationToken)
    {
        var (standing, happened) = await store.Change(
            (row, now) => row.Resume(now, by, options) ? Event(now, "resumed", by, why) : null, cancellationToken);
        closure = null;
        var view = See(standing);
        if (happened is not null)
            await Tell(happened);
        return view;
    }

    public void Dispose() => queue.Dispose();

    /// <summary>Tells of an opening of which whoever opened the lane could not tell, or did not live to.</summary>
    internal async Task TellWhatIsUntold(CancellationToken cancellationToken)
    {
        var row = (await store.Read(cancellationToken)).Row;
        if (row.UntoldSince is { } since)
            await Tell(Event(since, "opened", row.By ?? name, why: null));
    }

    /// <summary>Waits for a turn.</summary>
    /// <exception cref="HeldBackException">There is none for a while.</exception>
    internal async Task<Turn> Take(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.LongestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (true)
            {
                var turn = await queue.Join(either.Token);
                if (await Comes(turn, either.Token))
                    return turn;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Busy();
        }
    }

    /// <summary>A call leaves, now.</summary>
    internal Traffic.Call Leave() => traffic.Leave();

    /// <summary>The provider takes calls, which is news only of a paused lane.</summary>
    internal async Task Passed(Turn turn)
    {
        Interlocked.Exchange(ref lastPassed, clock.GetTimestamp());
        if (!turn.IsProbe)
            return;

        closure = null;
        await Write(StatusCodes.Status200OK, async token =>
        {
            var (standing, happened) = await store.Change(
                (row, now) => row.Open(now, name) ? Event(now, "opened", name, "It takes calls again.") : null, token);
            See(standing);
            if (happened is not null)
                await Tell(happened);
        });
    }

    /// <summary>The provider says that we ask too much.</summary>
    /// <param name="sent">When the call left, as a timestamp of our clock.</param>
    /// <param name="wait">How long it asks us to wait, if it does.</param>
    /// <returns>How long nobody calls.</returns>
    internal async Task<TimeSpan> TooMany(long sent, int statusCode, TimeSpan? wait)
    {
        var pause = wait > TimeSpan.Zero ? wait.Value : options.PauseWhenTooMany;
        pause = pause < options.LongestPause ? pause : options.LongestPause;
        var reason = wait is null ? $"{title} takes no more calls just now ({statusCode})."
            : $"{title} takes no more calls for {wait.Value.TotalSeconds:0.#} s ({statusCode}).";
        Close(reason, pause, isPause: false);
        await Write(statusCode, async token =>
        {
            var (standing, happened) = await store.Change(
                (row, now) => row.Slow(now - clock.GetElapsedTime(sent), now, pause, name, reason, options) ? Event(now, "slowed", name, reason) : null,
                token);
            var view = See(standing);
            if (happened is not null)
                logger.Slowed(name, view.Rate, view.Until, reason);
        });
        return pause;
    }

    /// <summary>The provider wants something that only a person can give.</summary>
    /// <param name="sent">When the call left, as a timestamp of our clock.</param>
    /// <returns>How long nobody calls; null when the refusal says nothing about other calls.</returns>
    internal async Task<TimeSpan?> Refused(Turn turn, long sent, int statusCode)
    {
        // A 403 may be about this call alone: where others just passed, it is.
        if (statusCode == StatusCodes.Status403Forbidden && !turn.IsProbe
            && Interlocked.Read(ref lastPassed) is var passed and not 0 && clock.GetElapsedTime(passed) < Proof)
            return null;

        var reason = statusCode == StatusCodes.Status402PaymentRequired
            ? $"{title} asks for payment ({statusCode})."
            : $"{title} does not accept our key ({statusCode}).";
        TimeSpan? pause = options.FirstProbe;
        await Write(statusCode, async token =>
        {
            var (standing, happened) = await store.Change(
                (row, now) => row.Pause(now - clock.GetElapsedTime(sent), now, name, reason, options) ? Event(now, "paused", name, reason) : null, token);
            var view = See(standing);
            pause = view.State == LaneState.Paused ? standing.Row.OpenAt - standing.Now : TimeSpan.Zero;
            if (happened is not null)
                await news.Paused(happened, standing.Row.OpenAt);
        });
        if (pause > TimeSpan.Zero)
            Close(reason, pause.Value, isPause: true);
        return pause;
    }

    /// <summary>Waits until it is our turn; false when it came too late, or when nobody may call any more.</summary>
    private async Task<bool> Comes(Turn turn, CancellationToken cancellationToken)
    {
        for (var left = Left(turn.At); left > Nothing; left = Left(turn.At))
            await Task.Delay(left, clock, cancellationToken);
        return turn.IsProbe || (Left(turn.At) > -Late && !IsClosed() && traffic.Wait() == TimeSpan.Zero);
    }

    /// <summary>Turns from the database; waits for a lane that opens soon, gives up on one that does not.</summary>
    private async Task<Lease> Lease(int turns, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (closure is { } closed && IsClosed() && clock.GetElapsedTime(closed.SeenAt) < Fresh)
                await Outlast(closed, cancellationToken);
            while (traffic.Wait() is var silence && silence > TimeSpan.Zero)
            {
                await Task.Delay(silence, clock, cancellationToken);
                turns = 1;
            }

            var asked = clock.GetTimestamp();
            if (await Ask(token => store.Take(turns, Share(), token), cancellationToken) is { } lease)
            {
                if (closure is { } outlived && outlived.SeenAt <= asked)
                    closure = null; // somebody opened it before its time
                return lease;
            }

            var standing = await Ask(store.Read, cancellationToken);
            var view = See(standing);
            if (standing.Row.OpenAt > standing.Now)
                Close(view.Why ?? $"{title} is not called before {view.Until:HH:mm:ss} UTC.", standing.Row.OpenAt - standing.Now, standing.Row.IsPaused);
            else if (standing.Row.FreeAt - standing.Now > options.LongestWait)
                throw Busy();
        }
    }

    /// <summary>
    /// The share of the rate at which calls leave evenly: then those that reach the provider in any second, each at some time between its
    /// turn and its answer, are no more than the rate allows.
    /// </summary>
    private double Share() => 1 / (1 + (Late + traffic.Allowance).TotalSeconds);

    /// <summary>Nobody may call without the database's word: else the rate would hold no longer.</summary>
    private async Task<T> Ask<T>(Func<CancellationToken, Task<T>> question, CancellationToken cancellationToken)
    {
        try
        {
            return await question(cancellationToken);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            logger.NotAsked(name, trouble.GetBaseException().GetType().Name);
            var held = Close($"Calls to {title} wait: our own record of them cannot be read.", options.PauseWhenTooMany, isPause: true);
            throw HeldBack(held);
        }
    }

    private async Task Outlast(Closure closed, CancellationToken cancellationToken)
    {
        var left = Left(closed.Ends);
        if (closed.IsPause || left > options.LongestWait)
            throw HeldBack(closed);
        await Task.Delay(left < Fresh ? left : Fresh, clock, cancellationToken);
    }

    private Closure Close(string reason, TimeSpan pause, bool isPause)
    {
        var now = clock.GetTimestamp();
        var closed = new Closure(reason, now + (long)(pause.TotalSeconds * clock.TimestampFrequency), isPause, now);
        closure = closed;
        return closed;
    }

    private bool IsClosed() => closure is { } closed && Left(closed.Ends) > TimeSpan.Zero;

    private TimeSpan Left(long until) => clock.GetElapsedTime(clock.GetTimestamp(), until);

    // Who was held back together should not come back together: the first one tries, the others would wait for another round.
    private HeldBackException HeldBack(Closure closed)
    {
        var left = Left(closed.Ends);
        return new(closed.Reason, left + (left * (0.1 * Random.Shared.NextDouble())));
    }

    private HeldBackException Busy() =>
        new($"More calls to {title} wait than may be made in {options.LongestWait.TotalSeconds:0} s.", options.LongestWait);

    private LaneEventRow Event(DateTimeOffset at, string what, string by, string? why) =>
        new() { Lane = name, At = at, What = what, By = by, Why = why };

    private async Task Tell(LaneEventRow opened)
    {
        if (await news.Opened(opened))
            await Write(StatusCodes.Status200OK, token => store.Told(opened.At, token)); // else it is told twice, which is no harm
    }

    private LaneView See(Standing standing)
    {
        var view = standing.View(options);
        sight = new Sight(view, clock.GetTimestamp());
        return view;
    }

    /// <summary>A call is over, whatever becomes of our note of its answer.</summary>
    private async Task Write(int statusCode, Func<CancellationToken, Task> write)
    {
        try
        {
            using var limit = new CancellationTokenSource(WriteWithin, clock);
            await write(limit.Token);
        }
        catch (Exception trouble)
        {
            logger.NotWritten(name, statusCode, trouble.GetBaseException().GetType().Name);
        }
    }

    /// <summary>What we know of a lane that is closed.</summary>
    /// <param name="Ends">A timestamp of our clock, like <paramref name="SeenAt"/>.</param>
    /// <param name="IsPause">True: nobody waits for its end.</param>
    private sealed record Closure(string Reason, long Ends, bool IsPause, long SeenAt);

    private sealed record Sight(LaneView View, long At);
}
