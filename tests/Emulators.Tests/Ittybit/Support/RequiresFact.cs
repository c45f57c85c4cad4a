using Podcast.Emulators.Ittybit.MediaWork.Real;

namespace Podcast.Emulators.Tests.Ittybit.Support;

/// <summary>A test that is reported as skipped, by name and reason, where a program is not installed.</summary>
internal sealed class RequiresFactAttribute : FactAttribute
{
    public RequiresFactAttribute(params string[] programs)
    {
        var missing = programs.Where(program => Tool.Find(program) is null).ToList();
        if (missing.Count > 0)
            Skip = $"Not on the PATH: {string.Join(", ", missing)}";
    }
}
