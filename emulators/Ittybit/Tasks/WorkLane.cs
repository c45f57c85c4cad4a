namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>Real work waits for a core, simulated work only for the clock: neither waits for the other.</summary>
internal enum WorkLane
{
    Real,
    Simulated,
}
