using System.Runtime.InteropServices;

namespace Podcast.Batch.Running;

/// <summary>Ends a run early in an orderly way: nothing new is begun, requests under way are finished and recorded.</summary>
internal sealed class Stop : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private int exitCode = ExitCodes.Ok;

    public CancellationToken Token => source.Token;

    public bool IsRequested => source.IsCancellationRequested;

    /// <summary>The reason, for users; null if the user stopped the run.</summary>
    public string? Reason { get; private set; }

    public int ExitCode => exitCode;

    /// <summary>Ends the run. Only the first call sets reason and exit code.</summary>
    public void Because(string? reason, int exitCode = ExitCodes.Failed)
    {
        if (Interlocked.CompareExchange(ref this.exitCode, exitCode, ExitCodes.Ok) != ExitCodes.Ok)
            return;
        Reason = reason;
        source.Cancel();
    }

    public async Task Pause(TimeSpan time, TimeProvider clock)
    {
        if (time > TimeSpan.Zero)
            await Task.Delay(time, clock, Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => source.Dispose();
}

/// <summary>The first Ctrl-C or SIGTERM stops the run in an orderly way, the second exits at once. Neither loses work.</summary>
internal sealed class Signals(Stop stop, CliContext context) : IDisposable
{
    private readonly IDisposable[] registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Handle(signal, stop, context)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Handle(signal, stop, context)),
    ];

    public void Dispose() => Array.ForEach(registrations, registration => registration.Dispose());

    private static void Handle(PosixSignalContext signal, Stop stop, CliContext context)
    {
        signal.Cancel = true;
        if (stop.IsRequested)
        {
            context.Terminal?.Cursor.Show(true);
            Environment.Exit(ExitCodes.Stopped);
        }

        stop.Because(null, ExitCodes.Stopped);
    }
}
