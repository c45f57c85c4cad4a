using Podcast.Processing.Submitting;

namespace Podcast.Processing.Tests;

public sealed class When_copies_wait_for_their_turn
{
    [Fact]
    public async Task one_that_gives_up_lets_no_other_in()
    {
        var locks = new KeyedLock(TimeProvider.System);
        using var patience = new CancellationTokenSource();
        var (first, isCopy) = await locks.Take("key", CancellationToken.None);
        var impatient = locks.Take("key", patience.Token);
        var patient = locks.Take("key", CancellationToken.None);

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => impatient);
        (isCopy, patient.IsCompleted).ShouldBe((false, false));
        first.Dispose();
        (await patient).IsCopy.ShouldBeTrue();
    }
}
