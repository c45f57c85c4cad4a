namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>Marks an endpoint whose use is paid for, so that <see cref="ChaosDial.PaymentRequired"/> refuses it.</summary>
internal sealed class CostsMoney
{
    public static readonly CostsMoney Mark = new();
}
