using Podcast.Emulators.Ittybit.Sources;

namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>Makes outputs: for real (<see cref="Real.RealMaker"/>) or not (<see cref="Simulated.SimulatedMaker"/>). Progress runs from 0 to 1.</summary>
internal interface IMediaMaker
{
    /// <summary>The name of the blob with the sound.</summary>
    Task<string> Audio(OpenSource source, AudioOrder order, Action<double> progress, CancellationToken cancellationToken);

    /// <summary>The name of the blob with the video.</summary>
    Task<string> Video(OpenSource source, VideoOrder order, Action<double> progress, CancellationToken cancellationToken);

    /// <summary>What is said, in order.</summary>
    Task<IReadOnlyList<Segment>> Transcript(OpenSource source, Action<double> progress, CancellationToken cancellationToken);

    /// <summary>The chapters, in order, from the start to the end.</summary>
    Task<IReadOnlyList<Segment>> Chapters(OpenSource source, Action<double> progress, CancellationToken cancellationToken);
}
