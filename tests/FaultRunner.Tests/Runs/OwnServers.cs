using Podcast.FaultRunner.Staging;

namespace Podcast.FaultRunner.Tests.Runs;

/// <summary>One database server and one broker for all runs of these tests, which come one after the other: each takes all cores.</summary>
public sealed class OwnServers : IAsyncLifetime
{
    internal Servers Servers { get; private set; } = null!;

    public async Task InitializeAsync() => Servers = await Servers.Start();

    public async Task DisposeAsync() => await Servers.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class OnOwnServers : ICollectionFixture<OwnServers>
{
    public const string Name = "on own servers";
}
