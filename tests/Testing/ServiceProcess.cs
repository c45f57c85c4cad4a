namespace Podcast.Testing;

/// <summary>A service in its own process. Its assembly is in the directory of this assembly.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(5);

    private readonly ChildProcess process;
    private readonly string service;
    private readonly Uri address;

    private ServiceProcess(string service, Uri address, IReadOnlyDictionary<string, string> environment, string log)
    {
        this.service = service;
        this.address = address;
        process = new ChildProcess(log, environment, "dotnet", Assembly(service), "--urls", address.ToString());
    }

    /// <summary>Runs the service's command <c>migrate</c>.</summary>
    /// <exception cref="InvalidOperationException">The command failed; the message contains the output.</exception>
    public static Task Migrate(string service, IReadOnlyDictionary<string, string> environment) =>
        ChildProcess.Run(longest, environment, "dotnet", Assembly(service), "migrate");

    /// <summary>Starts the service and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">The service ended instead; the message contains the output.</exception>
    public static async Task<ServiceProcess> Start(
        string service, Uri address, IReadOnlyDictionary<string, string> environment, TemporaryDirectory logs)
    {
        var started = new ServiceProcess(service, address, environment, logs[$"{service}-{address.Port}.log"]);
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.Holds(() => started.IsReady(client), $"{service} is ready", longest);
        return started;
    }

    /// <summary>The id of the process.</summary>
    public int Id => process.Id;

    /// <summary>The current working set, in bytes.</summary>
    public long Memory => process.Memory;

    /// <summary>Completes with the exit code when the process ends; 137 after a SIGKILL.</summary>
    public Task<int> Ended => process.Ended;

    /// <summary>The output so far.</summary>
    public string Output => process.Output;

    /// <summary>The path of the service's assembly, for <c>dotnet</c>.</summary>
    public static string Assembly(string name) => Path.Combine(AppContext.BaseDirectory, $"Podcast.{name}.dll");

    /// <summary>Kills the process with SIGKILL.</summary>
    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task<bool> IsReady(HttpClient client)
    {
        if (!process.IsRunning)
            throw new InvalidOperationException($"{service} at {address} ended:\n{process.Output}");
        try
        {
            using var answer = await client.GetAsync("/health");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
