namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>
/// Separate queues for real and simulated tasks. Real tasks need a CPU core and simulated ones only time, so neither should wait
/// for the other.
/// </summary>
internal enum WorkLane
{
    Real,
    Simulated,
}
