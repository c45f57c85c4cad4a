using MassTransit.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Compares values by their JSON, so that changes inside of a value, such as a list, are detected and saved.</summary>
public class JsonValueComparer<T>() : ValueComparer<T>(
    (left, right) => Json(left) == Json(right), value => Json(value).GetHashCode(StringComparison.Ordinal), value => Copy(value))
    where T : class
{
    private static T Copy(T value) => ObjectDeserializer.Deserialize<T>(Json(value), null)!;

    private static string Json(T? value) => ObjectDeserializer.Serialize(value) ?? "";
}
