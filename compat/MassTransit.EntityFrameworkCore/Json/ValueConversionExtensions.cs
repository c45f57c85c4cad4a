using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>JSON columns.</summary>
public static class ValueConversionExtensions
{
    /// <summary>Keeps the property as JSON text; changes inside of the value count as changes.</summary>
    public static PropertyBuilder<T> HasJsonConversion<T>(this PropertyBuilder<T> builder)
        where T : class?
    {
        ArgumentNullException.ThrowIfNull(builder);
#pragma warning disable CS8634 // T may be nullable, as in the package; EF never hands null to a converter
        builder.HasConversion(new JsonValueConverter<T>(), new JsonValueComparer<T>());
#pragma warning restore CS8634
        return builder;
    }
}
