using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Podcast.SettingsBinding;

/// <summary>
/// Checks validation attributes, also of nested options (<see cref="ValidateObjectMembersAttribute"/>), and names the environment
/// variable in each error. An error of <see cref="IValidatableObject"/> must continue after that name: "must be …". The
/// attributes are created anew for each check, because the first use of a <see cref="RangeAttribute"/> is not thread-safe.
/// </summary>
internal sealed class SettingsValidator<T>(string optionsName, string section) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options) =>
        name != optionsName ? ValidateOptionsResult.Skip
        : Failures(options, SettingsCheck.Variable(section)).ToList() is { Count: > 0 } failures ? ValidateOptionsResult.Fail(failures)
        : ValidateOptionsResult.Success;

    private static IEnumerable<string> Failures(object options, string prefix)
    {
        var isSound = true;
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var (value, variable) = (property.GetValue(options), $"{prefix}__{property.Name}");
            var context = new ValidationContext(options) { MemberName = property.Name, DisplayName = variable };
            var broken = new List<ValidationResult>();
            isSound &= Validator.TryValidateValue(value!, context, broken, property.GetCustomAttributes<ValidationAttribute>());
            var nested = value is not null && property.IsDefined(typeof(ValidateObjectMembersAttribute)) ? Failures(value, variable) : [];
            foreach (var failure in broken.Select(one => Plain(one.ErrorMessage!, variable)).Concat(nested))
                yield return failure;
        }

        if (isSound && options is IValidatableObject validatable)
        {
            foreach (var failure in validatable.Validate(new ValidationContext(options)))
                yield return $"{prefix}__{SettingsCheck.Variable(failure.MemberNames.First())} {failure.ErrorMessage}";
        }
    }

    /// <summary>Removes "The field" from the framework's error messages, because the variable's name stands alone.</summary>
    private static string Plain(string sentence, string variable) => sentence
        .Replace($"The field {variable} ", $"{variable} ", StringComparison.Ordinal)
        .Replace($"The {variable} field ", $"{variable} ", StringComparison.Ordinal);
}
