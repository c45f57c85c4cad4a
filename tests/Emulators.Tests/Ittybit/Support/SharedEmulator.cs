using Podcast.Emulators.Ittybit;

namespace Podcast.Emulators.Tests.Ittybit.Support;

/// <summary>One emulator for all tests of a class that do not mind each other.</summary>
public sealed class SharedEmulator : IAsyncLifetime
{
    internal RunningEmulator Simulating { get; private set; } = null!;

    public async Task InitializeAsync() => Simulating = await RunningEmulator.Start();

    public async Task DisposeAsync() => await Simulating.DisposeAsync();
}

/// <summary>The same, with the tools that this machine has.</summary>
public sealed class SharedRealEmulator : IAsyncLifetime
{
    internal RunningEmulator Working { get; private set; } = null!;

    public async Task InitializeAsync() => Working = await RunningEmulator.Start(options =>
    {
        options.Media = MediaWorkMode.WhereToolsExist;
        options.ProgressStep = 20;
    });

    public async Task DisposeAsync() => await Working.DisposeAsync();
}
