using Podcast.Hosting.Bus;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Bus;

public sealed class When_publishers_give_up : IAsyncLifetime
{
    private RabbitMqVirtualHost broker = null!;

    public async Task InitializeAsync() => broker = await RabbitMqServer.CreateVirtualHost();

    public async Task DisposeAsync() => await broker.DisposeAsync();

    [Fact]
    public async Task the_others_are_still_confirmed()
    {
        await using var host = await SampleHost.StartOn(broker.ConnectionString);

        var confirmed = 0;
        var gaveUp = 0;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(publisher => Task.Run(async () =>
        {
            for (var call = 0; call < 40; call++)
            {
                using var deadline = new CancellationTokenSource(
                    publisher % 2 == 0 ? TimeSpan.FromMilliseconds(1 + (call % 8)) : TimeSpan.FromSeconds(60));
                try
                {
                    await host.Bus.PublishConfirmed(new Hello("Ann"), deadline.Token);
                    Interlocked.Increment(ref confirmed);
                }
                catch (OperationCanceledException) when (publisher % 2 == 0)
                {
                    Interlocked.Increment(ref gaveUp);
                }
            }
        })));

        gaveUp.ShouldBeGreaterThan(0, "or this shows nothing");
        confirmed.ShouldBe(1_600 - gaveUp);
    }
}
