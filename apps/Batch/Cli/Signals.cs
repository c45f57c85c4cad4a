using System.Runtime.InteropServices;

namespace Podcast.Batch.Cli;

/// <summary>The first Ctrl-C or SIGTERM stops the run in an orderly way, the second exits at once. Neither loses work.</summary>
internal sealed class Signals : IDisposable
{
    private readonly PosixSignalRegistration[] registrations;
    private readonly Stop stop;
    private readonly CliContext context;

    public Signals(Stop stop, CliContext context)
    {
        (this.stop, this.context) = (stop, context);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    public void Dispose() => Array.ForEach(registrations, registration => registration.Dispose());

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (!stop.IsRequested)
        {
            stop.Because(null, ExitCodes.Stopped);
            return;
        }

        context.Terminal?.Cursor.Show(true);
        Environment.Exit(ExitCodes.Stopped);
    }
}
