namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>The kinds that this emulator works on, of Ittybit's fifteen.</summary>
internal static class TaskKinds
{
    public const string Audio = "audio";
    public const string Video = "video";
    public const string Speech = "speech";
    public const string Chapters = "chapters";

    public static readonly IReadOnlyList<string> All = [Audio, Video, Speech, Chapters];
}
