using Microsoft.EntityFrameworkCore.Metadata.Builders;

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
