namespace Podcast.Batch.Running;

/// <summary>Ends a run early in an orderly way: nothing new is begun, requests under way are finished and recorded.</summary>
internal sealed class Stop : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly Lock gate = new();

    public CancellationToken Token => source.Token;

    public bool IsRequested => source.IsCancellationRequested;

    /// <summary>The reason, for users; null if the user stopped the run.</summary>
    public string? Reason { get; private set; }

    public int ExitCode { get; private set; } = ExitCodes.Ok;

    /// <summary>Ends the run. Only the first call sets reason and exit code.</summary>
    public void Because(string? reason, int exitCode)
    {
        lock (gate)
        {
            if (ExitCode != ExitCodes.Ok)
                return;
            (Reason, ExitCode) = (reason, exitCode);
        }

        source.Cancel();
    }

    public void Dispose() => source.Dispose();
}
