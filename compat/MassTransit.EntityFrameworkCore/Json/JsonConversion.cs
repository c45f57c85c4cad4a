using MassTransit.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Configures JSON columns.</summary>
public static class ValueConversionExtensions
{
    /// <summary>Stores the property as JSON text and detects changes inside of the value.</summary>
    public static PropertyBuilder<T> HasJsonConversion<T>(this PropertyBuilder<T> builder)
        where T : class?
    {
        ArgumentNullException.ThrowIfNull(builder);
#pragma warning disable CS8634 // T may be nullable, as in the package; EF Core never passes null to a converter
        builder.HasConversion(new JsonValueConverter<T>(), new JsonValueComparer<T>());
#pragma warning restore CS8634
        return builder;
    }
}

/// <summary>Stores a value as JSON text, serialised like MassTransit's messages.</summary>
public class JsonValueConverter<T>(ConverterMappingHints? hints = null) : ValueConverter<T, string>(
    value => ObjectDeserializer.Serialize(value)!, json => ObjectDeserializer.Deserialize<T>(json, null)!, hints)
    where T : class;

/// <summary>Compares values by their JSON, so that changes inside of a value, such as a list, are detected and saved.</summary>
public class JsonValueComparer<T>() : ValueComparer<T>(
    (left, right) => Json(left) == Json(right), value => Json(value).GetHashCode(StringComparison.Ordinal), value => Copy(value))
    where T : class
{
    private static T Copy(T value) => ObjectDeserializer.Deserialize<T>(Json(value), null)!;

    private static string Json(T? value) => ObjectDeserializer.Serialize(value) ?? "";
}
