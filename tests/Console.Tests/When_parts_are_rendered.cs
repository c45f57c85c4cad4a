using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcast.OperatorsConsole.Api;
using Podcast.OperatorsConsole.Live;

namespace Podcast.OperatorsConsole.Tests;

public sealed class When_parts_are_rendered
{
    [Fact]
    public async Task nothing_is_kept_of_what_was_rendered()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var renderer = new RowRenderer(services, services.GetRequiredService<ILoggerFactory>());

        var counts = await Render(renderer);

        GC.Collect();
        counts.TryGetTarget(out _).ShouldBeFalse();
        GC.KeepAlive(renderer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // so that no local variable here keeps them
    private static async Task<WeakReference<EpisodeCounts>> Render(RowRenderer renderer)
    {
        var counts = new EpisodeCounts(new Dictionary<string, int> { ["failed"] = 3 }, 3);
        (await renderer.Counts(counts)).ShouldContain("#n-failed");
        return new(counts);
    }
}
