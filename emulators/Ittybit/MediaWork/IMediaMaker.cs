namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>
/// Makes outputs, with tools (<see cref="Real.RealMaker"/>) or simulated (<see cref="Simulated.SimulatedMaker"/>). Progress runs
/// from 0 to 1.
/// </summary>
internal interface IMediaMaker
{
    /// <summary>Makes an audio file and returns the name of its blob.</summary>
    Task<string> Audio(OpenSource source, AudioOrder order, Action<double> progress, CancellationToken cancellationToken);

    /// <summary>Makes a video file and returns the name of its blob.</summary>
    Task<string> Video(OpenSource source, VideoOrder order, Action<double> progress, CancellationToken cancellationToken);

    /// <summary>The spoken sentences in order.</summary>
    Task<IReadOnlyList<Segment>> Transcript(OpenSource source, Action<double> progress, CancellationToken cancellationToken);

    /// <summary>The chapters in order; they cover the source from start to end.</summary>
    Task<IReadOnlyList<Segment>> Chapters(OpenSource source, Action<double> progress, CancellationToken cancellationToken);
}
