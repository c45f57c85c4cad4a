namespace Podcast.Standalone;

/// <summary>Serves the console, the API, the webhook gateway and the emulators until the process is stopped.</summary>
internal static class Serve
{
    public static async Task<int> Run(DirectoryInfo data, bool verbose, CancellationToken cancellationToken)
    {
        using var claim = DataDirectory.Claim(data);
        var address = new Uri(Environment.GetEnvironmentVariable("ASPNETCORE_URLS")?.Split(';')[0] ?? "http://127.0.0.1:5080");
        await using var app = StandaloneHost.Build(address, data, verbose);
        await app.Begin(cancellationToken);

        Console.WriteLine($"""
            Podcast is up. State is kept in {data.FullName}.
              console    {new Uri(address, "/")}
              API        {new Uri(address, "/episodes")}
              OpenAPI    {new Uri(address, "/openapi/v1.json")}
              webhooks   {new Uri(address, "/webhooks/ittybit")}
              health     {new Uri(address, "/health")}
              Ittybit    {app.Configuration["Ittybit:BaseAddress"] ?? "the real one"}
            Stop with Ctrl-C; what is under way goes on at the next start.
            """);
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Ok;
    }
}
