namespace Podcast.Ingest.Api.Requests;

/// <summary>Checks a request's annotations, also those of the records in it.</summary>
internal static class RequestErrors
{
    /// <summary>The errors by field, named as the caller wrote it: <c>title</c>, <c>tasks[0].kind</c>.</summary>
    public static Dictionary<string, string[]> Of(object body, IServiceProvider services) => Find(body, "", services)
        .GroupBy(error => error.Field, error => error.Why)
        .ToDictionary(errors => errors.Key, errors => errors.ToArray());

    private static IEnumerable<(string Field, string Why)> Find(object body, string path, IServiceProvider services)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(body, new ValidationContext(body, services, null), results, validateAllProperties: true);
        var own = results.SelectMany(result => result.MemberNames, (result, member) => (path + Name(member), result.ErrorMessage!));
        var inner = from field in body.GetType().GetProperties()
                    where IsOurs(field.PropertyType) || IsOurs(field.PropertyType.GenericTypeArguments.FirstOrDefault())
                    from part in Parts(path + Name(field.Name), field.GetValue(body))
                    from error in Find(part.Record, part.Path + ".", services)
                    select error;
        return own.Concat(inner);
    }

    private static IEnumerable<(string Path, object Record)> Parts(string path, object? value) => value switch
    {
        null => [],
        IEnumerable<object?> list => list.Select((item, index) => ($"{path}[{index}]", item!)).Where(part => part.Item2 is not null),
        _ => [(path, value)],
    };

    private static bool IsOurs(Type? type) => type is { IsClass: true } && type.Assembly == typeof(RequestErrors).Assembly;

    private static string Name(string member) => JsonNamingPolicy.SnakeCaseLower.ConvertName(member);
}
