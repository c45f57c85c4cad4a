using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Outbox.Tests.Fixtures;

/// <summary>
/// A real process with a shop in it that dies at a named place. This test assembly is also a program: started by itself it is the victim.
/// </summary>
internal static class CrashingHost
{
    /// <summary>Starts it, gives it the order <paramref name="id"/> and waits until it is dead.</summary>
    public static async Task Dies(TestDatabase database, string stopAt, Guid id)
    {
        var start = new ProcessStartInfo("dotnet", [
            typeof(CrashingHost).Assembly.Location, database.Kind.ToString(), database.ConnectionString, id.ToString()])
        {
            RedirectStandardError = true,
            Environment = { ["PODCAST_STOP_AT"] = stopAt },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        (await errors).ShouldContain($"Stopped at {stopAt.Split('#')[0]}");
        process.ExitCode.ShouldBe(137, "killed");
    }

    public static async Task Main(string[] args)
    {
        using var host = Shop.Build(Enum.Parse<Db>(args[0]), args[1], Usual);
        await host.StartAsync();
        var id = Guid.Parse(args[2]);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<ShopContext>();
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new Order(id, Steps: 2));
            await context.SaveChangesAsync();
        }

        await Task.Delay(TimeSpan.FromSeconds(60));
    }

    /// <summary>The same for the victim and for who comes after it: the transport is in memory, and forgets.</summary>
    public static Plan Usual { get; } = new()
    {
        Options = options =>
        {
            options.LeftoverAge = TimeSpan.FromMilliseconds(50);
            options.KeepSent = TimeSpan.FromMinutes(10);
        },
    };
}
