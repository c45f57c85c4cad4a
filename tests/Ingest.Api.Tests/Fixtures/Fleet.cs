using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests.Fixtures;

/// <summary>Three instances, started at the same moment on one database that has no tables yet. Each has a bus of its own.</summary>
public sealed class Fleet : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private PostgresDatabase? postgres;

    internal IngestHost[] Hosts { get; private set; } = [];

    public async Task InitializeAsync()
    {
        postgres = await IngestHost.NewPostgres();
        Hosts =
        [
            .. Enumerable.Range(0, 3).Select(_ => new IngestHost().With("Data:Directory", directory.Path).On(postgres)),
        ];
        await Task.WhenAll(Hosts.Select(host => Task.Run(host.InitializeAsync)));
    }

    public async Task DisposeAsync()
    {
        foreach (var host in Hosts)
            await host.DisposeAsync();
        if (postgres is not null)
            await postgres.DisposeAsync();
    }

    public void Dispose() => directory.Dispose();
}
