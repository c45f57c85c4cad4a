using Podcast.Standalone;
using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

public sealed class In_one_process : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task the_tutorials_walk_ends_processed()
    {
        var address = new Uri($"http://127.0.0.1:{Standalone.Ports.Free()}");
        await using var app = StandaloneHost.Build(
            address, new DirectoryInfo(directory.Path), false, "--Emulators:Ittybit:Media=Simulated", "--Emulators:Ittybit:SimulatedTaskTime=00:00:00.200");
        await app.StartAsync();
        using var api = new HttpClient { BaseAddress = address };

        await Walk.Through(api);

        await app.StopAsync();
    }
}
