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
    public ValidateOptionsResult Validate(string? name, T options)
    {
        if (name != optionsName)
            return ValidateOptionsResult.Skip;

        var failures = Failures(options, section).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(object options, string path)
    {
        var isSound = true;
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var (value, variable) = (property.GetValue(options), SettingsCheck.Variable($"{path}:{property.Name}"));
            var context = new ValidationContext(options) { MemberName = property.Name, DisplayName = variable };
            foreach (var attribute in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (attribute.GetValidationResult(value, context) is not { } failure)
                    continue;
                isSound = false;
                yield return Plain(failure.ErrorMessage ?? $"{variable} is wrong.", variable);
            }

            if (value is not null && property.IsDefined(typeof(ValidateObjectMembersAttribute)))
            {
                foreach (var inner in Failures(value, $"{path}:{property.Name}"))
                    yield return inner;
            }
        }

        if (isSound && options is IValidatableObject validatable)
        {
            foreach (var failure in validatable.Validate(new ValidationContext(options)))
                yield return $"{SettingsCheck.Variable($"{path}:{failure.MemberNames.First()}")} {failure.ErrorMessage}";
        }
    }

    /// <summary>Removes "The field" from the framework's error messages, because the variable's name stands alone.</summary>
    private static string Plain(string sentence, string variable) => sentence
        .Replace($"The field {variable} ", $"{variable} ", StringComparison.Ordinal)
        .Replace($"The {variable} field ", $"{variable} ", StringComparison.Ordinal);
}
