using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;

namespace Podcast.Hosting;

/// <summary>A command of one host. It runs when the host's databases are ready, without the bus, and writes its own errors.</summary>
/// <param name="Run">Gets the arguments after the name, and returns the exit code.</param>
public sealed record ServiceVerb(string Name, Func<IServiceProvider, string[], Task<int>> Run);

/// <summary>Runs a host, or one of its verbs; every host has <c>migrate</c>.</summary>
public static class ServiceHost
{
    /// <summary>
    /// Serves until the host is stopped. With the verb <c>migrate</c> it migrates the host's databases, declares its queues and
    /// exits. Errors that an operator can correct are written as one line to stderr.
    /// </summary>
    /// <returns>The exit code: 0 success, 1 failure, 2 unknown verb.</returns>
    public static async Task<int> RunAsync(this WebApplication app, string[] args, params ServiceVerb[] verbs)
    {
        var name = app.Environment.ApplicationName;
        switch (args)
        {
            case ["migrate"]:
                return await Run(app, async () => $"{await Migration.Run(app.Services)}.");
            case [] or [['-' or '/', ..], ..]:
            case [var setting, ..] when setting.Contains('='):
                return await Run(app, () => Serve(app));
            case [var given, ..] when Array.Find(verbs, verb => verb.Name == given) is { } own:
                var code = 0;
                var failure = await Run(app, async () =>
                {
                    await Ready(app);
                    code = await own.Run(app.Services, args[1..]);
                    return null;
                });
                return failure == 0 ? code : failure;
            default:
                var known = string.Join(" and ", verbs.Select(verb => verb.Name).Prepend("migrate"));
                await Console.Error.WriteLineAsync($"{name}: there is no verb {args[0]}, only {known}; without a verb it serves.");
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

    /// <summary>Checks what the host would check, too, but log with stack traces.</summary>
    private static async Task Ready(WebApplication app)
    {
        app.Services.GetService<IStartupValidator>()?.Validate();
        if (app.Services.GetService<DatabaseStart>() is { } databases)
            await databases.Ready(CancellationToken.None);
    }

    private static async Task<string?> Serve(WebApplication app)
    {
        await Ready(app);
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
