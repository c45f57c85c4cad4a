using MassTransit.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Stores a value as JSON text, serialised like MassTransit's messages.</summary>
public class JsonValueConverter<T>(ConverterMappingHints? hints = null) : ValueConverter<T, string>(
    value => ObjectDeserializer.Serialize(value)!, json => ObjectDeserializer.Deserialize<T>(json, null)!, hints)
    where T : class;
