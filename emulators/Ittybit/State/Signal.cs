using System.Threading.Channels;

namespace Podcast.Emulators.Ittybit.State;

/// <summary>Says that there may be something to do. Said twice before anyone looks, it counts once.</summary>
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
            // the limit
        }
    }
}
