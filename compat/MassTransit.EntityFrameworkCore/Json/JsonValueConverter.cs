using MassTransit.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Keeps a value as JSON text, written as MassTransit writes messages.</summary>
public class JsonValueConverter<T>(ConverterMappingHints? hints = null) : ValueConverter<T, string>(
    value => ObjectDeserializer.Serialize(value)!, json => ObjectDeserializer.Deserialize<T>(json, null)!, hints)
    where T : class;
