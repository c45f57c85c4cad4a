using Podcast.Batch.Cli;

namespace Podcast.Batch.Running;

/// <summary>Ends a run early and in order: nothing new is begun, what is under way is finished and written down.</summary>
internal sealed class Stop : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly Lock gate = new();

    public CancellationToken Token => source.Token;

    public bool IsRequested => source.IsCancellationRequested;

    /// <summary>Why, for people; null for a person's own wish.</summary>
    public string? Reason { get; private set; }

    public int ExitCode { get; private set; } = ExitCodes.Ok;

    /// <summary>Ends the run; the first one counts.</summary>
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
