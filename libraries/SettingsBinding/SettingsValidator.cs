using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Podcast.SettingsBinding;

/// <summary>
/// Checks validation attributes, also those of options within options (<see cref="ValidateObjectMembersAttribute"/>), and says what is
/// wrong by the environment variable's name. A message of <see cref="IValidatableObject"/> continues after that name: "must be …".
/// The attributes are read anew each time, because <see cref="RangeAttribute"/> is not safe for two threads at its first use.
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

    /// <summary>The framework's own sentences are about "the field" of that name.</summary>
    private static string Plain(string sentence, string variable) => sentence
        .Replace($"The field {variable} ", $"{variable} ", StringComparison.Ordinal)
        .Replace($"The {variable} field ", $"{variable} ", StringComparison.Ordinal);
}
