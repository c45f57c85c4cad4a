namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>Marks an endpoint that Ittybit charges for; <see cref="ChaosDial.PaymentRequired"/> makes it answer 402.</summary>
internal sealed class CostsMoney
{
    public static readonly CostsMoney Mark = new();
}
