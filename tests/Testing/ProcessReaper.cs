using System.Diagnostics;

namespace Podcast.Testing;

/// <summary>
/// Kills this process's children and removes their directories when this process ends, even by SIGKILL. A shell reads the list of
/// children from a pipe, sees its end, and cleans up.
/// </summary>
internal static class ProcessReaper
{
    private const string Script = """
        trap '' HUP INT TERM
        children=' '
        directories=
        while read -r word what; do
            case $word in
                born) children="$children$what " ;;
                died) children="${children%% $what *} ${children#* $what }" ;;
                directory) directories="$directories $what" ;;
            esac
        done
        [ -z "${children# }" ] || kill -KILL $children
        for attempt in 1 2 3 4 5 6 7 8 9 10; do
            rm -rf $directories && break
            sleep 0.1
        done
        """;

    private static readonly Lazy<StreamWriter> orders = new(Hire);
    private static readonly Lock gate = new();

    public static void Born(int process) => Tell($"born {process}");

    public static void Died(int process) => Tell($"died {process}");

    public static void Owns(string directory) => Tell($"directory {directory}");

    private static void Tell(string order)
    {
        lock (gate) orders.Value.WriteLine(order);
    }

    private static StreamWriter Hire()
    {
        var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        shell.BeginErrorReadLine(); // discards kill's errors about children that have already ended
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            lock (gate) shell.StandardInput.Close();
            shell.WaitForExit(TimeSpan.FromSeconds(10));
        };
        shell.StandardInput.AutoFlush = true;
        return shell.StandardInput;
    }
}
