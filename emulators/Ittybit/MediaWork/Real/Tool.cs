using System.Diagnostics;

namespace Podcast.Emulators.Ittybit.MediaWork.Real;

/// <summary>Runs a program and passes on its output line by line.</summary>
internal static class Tool
{
    /// <summary>The path of a program, or null if it does not exist. A bare name is searched on the PATH.</summary>
    public static string? Find(string program)
    {
        if (Path.GetFileName(program) != program)
            return File.Exists(program) ? program : null;

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(directory => new[] { Path.Combine(directory, program), Path.Combine(directory, program + ".exe") })
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Runs the program to its end. A cancellation kills it and its children.</summary>
    public static async Task<ToolRun> Run(
        string program, IEnumerable<string> arguments, Action<string>? output, Action<string>? errors, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        try
        {
            var lastError = Lines(process.StandardError, errors, cancellationToken);
            await Lines(process.StandardOutput, output, cancellationToken);
            var said = await lastError;
            await process.WaitForExitAsync(cancellationToken);
            return new ToolRun(process.ExitCode, said);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string?> Lines(StreamReader reader, Action<string>? take, CancellationToken cancellationToken)
    {
        string? last = null;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            last = line;
            take?.Invoke(line);
        }

        return last;
    }
}

/// <param name="LastError">The last line of the error output.</param>
internal readonly record struct ToolRun(int ExitCode, string? LastError);
