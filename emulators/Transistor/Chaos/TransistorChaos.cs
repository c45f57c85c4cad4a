namespace Podcast.Emulators.Transistor;

/// <summary>Holds the dial, and throws the dice for requests and episodes.</summary>
internal sealed class TransistorChaos
{
    private TransistorDial dial = new();
    private long requests;

    /// <summary>Setting it restarts the numbering of requests.</summary>
    public TransistorDial Dial
    {
        get => Volatile.Read(ref dial);
        set
        {
            Interlocked.Exchange(ref requests, 0);
            Volatile.Write(ref dial, value);
        }
    }

    public Dice NextRequest() => new(Dial.Seed, "request", Interlocked.Increment(ref requests));

    /// <summary>What <c>processing_failure</c> will say of the episode's audio; null if it can be processed.</summary>
    public string? FailureOf(string episodeId)
    {
        var dice = new Dice(Dial.Seed, "episode", long.Parse(episodeId, CultureInfo.InvariantCulture));
        return dice.Hit(Dial.ProcessingFailurePercent, "processing") ? "Audio could not be processed" : null;
    }
}

/// <summary>Applies the dial to requests.</summary>
internal sealed class TransistorFaults(TransistorChaos chaos, TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (dial, dice, http) = (chaos.Dial, chaos.NextRequest(), context.HttpContext);
        if (dice.Hit(dial.ServerErrorPercent, "server_error"))
            return TransistorAnswer.Errors(StatusCodes.Status500InternalServerError, "Internal server error");

        var answer = await next(context);
        if (dice.Hit(dial.SlowPercent, "slow"))
            await Task.Delay(TimeSpan.FromMilliseconds(dial.SlowMs), clock, http.RequestAborted);
        if (!dice.Hit(dial.LostAnswerPercent, "lost_answer"))
            return answer;

        http.Abort();
        return Results.Empty;
    }
}
