using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;

namespace Podcast.Hosting;

/// <summary>Runs a host, or its only verb <c>migrate</c>.</summary>
public static class ServiceHost
{
    /// <summary>
    /// Serves until the host is stopped. With the verb <c>migrate</c> it migrates the host's databases, declares its queues and
    /// exits. Errors that an operator can correct are written as one line to stderr.
    /// </summary>
    /// <returns>The exit code: 0 success, 1 failure, 2 unknown verb.</returns>
    public static async Task<int> RunAsync(this WebApplication app, string[] args)
    {
        var name = app.Environment.ApplicationName;
        switch (args)
        {
            case ["migrate"]:
                return await Run(app, async () => $"{await Migration.Run(app.Services)}.");
            case [] or [['-' or '/', ..], ..]:
            case [var setting, ..] when setting.Contains('='):
                return await Run(app, () => Serve(app));
            default:
                await Console.Error.WriteLineAsync($"{name}: there is no verb {args[0]}, only migrate; without a verb it serves.");
                return 2;
        }
    }

    private static async Task<int> Run(WebApplication app, Func<Task<string?>> work)
    {
        var name = app.Environment.ApplicationName;
        string? done;
        await using (app)
        {
            try
            {
                done = await work();
            }
            catch (Exception failure) when (StartFailure.Describe(failure) is { } line)
            {
                await Console.Error.WriteLineAsync($"{name}: {line}");
                return 1;
            }
        }

        // Written after the app is disposed, so that it follows all log lines.
        if (done is not null)
            await Console.Out.WriteLineAsync($"{name}: {done}");
        return 0;
    }

    private static async Task<string?> Serve(WebApplication app)
    {
        // Both are checked here, because the host would log their exceptions with stack traces.
        app.Services.GetService<IStartupValidator>()?.Validate();
        if (app.Services.GetService<DatabaseStart>() is { } databases)
            await databases.Ready(CancellationToken.None);

        var workers = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        try
        {
            await app.StartAsync();
            await app.WaitForShutdownAsync();
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new StartupException(taken.Message, taken);
        }
        catch (Exception late) when (app.Lifetime.ApplicationStopping.IsCancellationRequested
            && (late is OperationCanceledException or AggregateException { InnerException: OperationCanceledException }))
        {
            app.Logger.StoppedInTheMiddle();
        }

        return workers.Find(worker => worker.ExecuteTask is { IsFaulted: true }) is { } broken
            ? throw new StartupException($"stopped because {broken.GetType().Name} broke; the log says how.")
            : null;
    }
}
