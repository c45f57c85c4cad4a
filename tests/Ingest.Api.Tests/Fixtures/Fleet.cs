using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests.Fixtures;

/// <summary>Three instances, started at the same moment on one database that is not there yet. Each has a bus of its own.</summary>
public sealed class Fleet : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory directory = new();

    internal IngestHost[] Hosts { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var postgres = IngestHost.NewPostgres();
        Hosts =
        [
            .. Enumerable.Range(0, 3).Select(_ =>
                new IngestHost().With("Data:Directory", directory.Path).With("ConnectionStrings:ingest", postgres)),
        ];
        await Task.WhenAll(Hosts.Select(host => Task.Run(host.InitializeAsync)));
    }

    public async Task DisposeAsync()
    {
        foreach (var host in Hosts)
            await host.DisposeAsync();
    }

    public void Dispose() => directory.Dispose();
}
