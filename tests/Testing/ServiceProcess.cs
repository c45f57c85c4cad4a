namespace Podcast.Testing;

/// <summary>One service as a process of its own; its assembly lies beside this one.</summary>
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

    /// <summary>Runs <c>migrate</c> to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    public static Task Migrate(string service, IReadOnlyDictionary<string, string> environment) =>
        ChildProcess.Run(longest, environment, "dotnet", Assembly(service), "migrate");

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has its output.</exception>
    public static async Task<ServiceProcess> Start(
        string service, Uri address, IReadOnlyDictionary<string, string> environment, TemporaryDirectory logs)
    {
        var started = new ServiceProcess(service, address, environment, logs[$"{service}-{address.Port}.log"]);
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.Holds(() => started.IsReady(client), $"{service} is ready", longest);
        return started;
    }

    /// <summary>Bytes of memory that it has now.</summary>
    public long Memory => process.Memory;

    /// <summary>Its exit code, once it has ended; 137 after a SIGKILL.</summary>
    public Task<int> Ended => process.Ended;

    /// <summary>What it wrote.</summary>
    public string Output => process.Output;

    /// <summary>Where the service <paramref name="name"/> is, for <c>dotnet</c>.</summary>
    public static string Assembly(string name) => Path.Combine(AppContext.BaseDirectory, $"Podcast.{name}.dll");

    /// <summary>SIGKILL.</summary>
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
