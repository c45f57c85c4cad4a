using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Podcast.Ingest.Api.Data;

/// <summary>Stores a record that is never changed, only replaced, as JSON.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property, string? type) => property
        .HasConversion(
            value => JsonSerializer.Serialize(value, json), text => JsonSerializer.Deserialize<T>(text, json)!,
            ValueComparer.CreateDefault<T>(favorStructuralComparisons: false))
        .HasColumnType(type);
}
