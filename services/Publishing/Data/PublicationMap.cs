using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Podcast.Publishing.Data;

internal sealed class PublicationMap : SagaClassMap<Publication>
{
    /// <summary>The states in which something is to come, by itself or by a person; trailing captions aside.</summary>
    public static string[] Unfinished { get; } =
    [
        nameof(PublicationStateMachine.Working), nameof(PublicationStateMachine.AwaitsApproval), nameof(PublicationStateMachine.Failed),
        nameof(PublicationStateMachine.Retracting),
    ];

    /// <summary>The same in SQL, for an index of few rows.</summary>
    public static string IsUnfinished { get; } = $"state IN ({string.Join(", ", Unfinished.Select(state => $"'{state}'"))})";

    protected override void Configure(EntityTypeBuilder<Publication> entity, ModelBuilder model)
    {
        entity.ToTable("publications");
        entity.Property(x => x.CorrelationId).HasColumnName("publication_id");
        entity.Property(x => x.CurrentState).HasColumnName("state").HasMaxLength(32);
        entity.Property(x => x.Channel).HasConversion<string>().HasMaxLength(16);
        entity.Property(x => x.Step).HasConversion<string>().HasMaxLength(32);
        entity.Property(x => x.Episode).HasJson();
        entity.Property(x => x.Show).HasJson();
        entity.Property(x => x.Notes).HasJson();
        entity.Property(x => x.Session).HasConversion(address => address!.OriginalString, text => new Uri(text));
        entity.Property(x => x.Source).HasConversion(address => address!.OriginalString, text => new Uri(text));
        entity.Property(x => x.Link).HasConversion(address => address!.OriginalString, text => new Uri(text));
        entity.Property(x => x.DueClaims).HasDefaultValue(0);
        entity.HasIndex(x => x.DueAt);
        entity.HasIndex(x => x.EpisodeId);
        entity.HasIndex(x => new { x.Channel, x.CurrentState, x.PlannedAt }, "IX_publications_unfinished").HasFilter(IsUnfinished);
    }
}

internal static class JsonColumn
{
    /// <summary>Stores as JSON text a value that is replaced, never changed in place.</summary>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property)
        where T : class =>
        property.HasConversion(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<T>(
                (left, right) => ReferenceEquals(left, right), value => RuntimeHelpers.GetHashCode(value), value => value));
}
