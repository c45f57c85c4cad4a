using System.Threading.Channels;

namespace Podcast.Emulators.Ittybit.State;

/// <summary>Wakes a waiting loop because there may be work. Several signals before the next wait count as one.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => channel.Writer.TryWrite(true);

    /// <summary>Waits for the signal, but not longer than <paramref name="limit"/>.</summary>
    public async Task Wait(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (channel.Reader.TryRead(out _))
            return;

        using var alarm = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        try
        {
            await channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit is over.
        }
    }
}
