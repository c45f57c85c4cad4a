namespace Podcast.Emulators.Ittybit.State;

/// <summary>Makes ids in Ittybit's format: <c>task_</c>, <c>file_</c> or <c>med_</c>, then 16 letters or digits.</summary>
internal static class NewId
{
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static string Task() => Of("task_");

    public static string File() => Of("file_");

    public static string Media() => Of("med_");

    public static string Of(string prefix) => prefix + RandomNumberGenerator.GetString(Letters, 16);
}
