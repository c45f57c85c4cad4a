namespace Podcast.Orchestrator.Data;

internal sealed class EpisodeStateMap : SagaClassMap<EpisodeState>
{
    protected override void Configure(EntityTypeBuilder<EpisodeState> entity, ModelBuilder model)
    {
        entity.ToTable("episodes");
        entity.Property(x => x.CorrelationId).HasColumnName("episode_id");
        entity.Property(x => x.CurrentState).HasColumnName("state").HasMaxLength(32);
        entity.Property(x => x.OwnerId).HasMaxLength(255);
        entity.Property(x => x.Source).HasJson();
        entity.Property(x => x.Priority).HasConversion<string>().HasMaxLength(16);
        entity.Property(x => x.MediaId).HasColumnName("ittybit_media_id").HasMaxLength(255);
        entity.Property(x => x.Show).HasMaxLength(ShowPattern.LongestSlug);
        entity.Property(x => x.Details).HasJson();
        entity.Property(x => x.Tasks).HasMutableJson();
        entity.Property(x => x.Transcript).HasMutableJson();
        entity.Property(x => x.Check).HasColumnName("output_check").HasMutableJson();
        entity.Property(x => x.DueClaims).HasDefaultValue(0);
        entity.Property<DateTimeOffset?>("WokenFor"); // used only by LaneWakeUps
        entity.Property(x => x.RecentChanges).HasJson().IsRequired(false);
        entity.Property(x => x.PublishedVersion).HasDefaultValue(0);
        entity.HasIndex(x => x.DueAt).HasFilter("due_at IS NOT NULL");
        entity.HasIndex(x => x.LaneUntil).HasFilter("lane_until IS NOT NULL");
    }
}
