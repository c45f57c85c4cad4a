using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Podcast.Testing;

/// <summary>
/// Reads the limits of all options once, before any test. <see cref="RangeAttribute"/> converts them from text at its first use and is
/// not safe then: of two hosts that start at once in one process, as only tests have them, one may find a limit half converted.
/// </summary>
internal static class RangesAtStart
{
#pragma warning disable CA2255 // of every test project, which is what runs here
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Read()
    {
        var ours = Directory.EnumerateFiles(AppContext.BaseDirectory, "Podcast.*.dll").Select(AssemblyName.GetAssemblyName);
        foreach (var type in ours.SelectMany(name => Assembly.Load(name).GetTypes()).Where(HasConvertedRange))
        {
            var options = Activator.CreateInstance(type)!;
            _ = Validator.TryValidateObject(options, new ValidationContext(options), [], validateAllProperties: true);
        }
    }

    private static bool HasConvertedRange(Type type) =>
        type.GetProperties().Any(property => property.GetCustomAttribute<RangeAttribute>() is { OperandType: var limits } && limits == typeof(TimeSpan));
}
