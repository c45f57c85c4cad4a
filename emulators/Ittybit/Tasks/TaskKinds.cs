namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>The task kinds that the emulator supports, four of Ittybit's fifteen.</summary>
internal static class TaskKinds
{
    public const string Audio = "audio";
    public const string Video = "video";
    public const string Speech = "speech";
    public const string Chapters = "chapters";

    public static readonly IReadOnlyList<string> All = [Audio, Video, Speech, Chapters];
}
