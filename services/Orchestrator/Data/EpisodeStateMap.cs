namespace Podcast.Orchestrator.Data;

internal sealed class EpisodeStateMap : SagaClassMap<EpisodeState>
{
    protected override void Configure(EntityTypeBuilder<EpisodeState> entity, ModelBuilder model)
    {
        entity.ToTable("episodes");
        entity.Property(x => x.CorrelationId).HasColumnName("episode_id");
        entity.Property(x => x.CurrentState).HasColumnName("state").HasMaxLength(32);
        entity.Property(x => x.Version).HasColumnName("version");
        entity.Property(x => x.OwnerId).HasColumnName("owner_id").HasMaxLength(255);
        entity.Property(x => x.Title).HasColumnName("title");
        entity.Property(x => x.Description).HasColumnName("description");
        entity.Property(x => x.Source).HasColumnName("source").HasJson();
        entity.Property(x => x.Priority).HasColumnName("priority").HasConversion<string>().HasMaxLength(16);
        entity.Property(x => x.MediaId).HasColumnName("ittybit_media_id").HasMaxLength(255);
        entity.Property(x => x.Reason).HasColumnName("reason");
        entity.Property(x => x.Tasks).HasColumnName("tasks").HasJson();
        entity.Property(x => x.Transcript).HasColumnName("transcript").HasJson();
        entity.Property(x => x.Check).HasColumnName("output_check").HasJson();
        entity.Property(x => x.CreatedAt).HasColumnName("created_at");
        entity.Property(x => x.ProcessingStartedAt).HasColumnName("processing_started_at");
        entity.Property(x => x.ProcessingCompletedAt).HasColumnName("processing_completed_at");
        entity.Property(x => x.DueAt).HasColumnName("due_at");
        entity.Property(x => x.DueClaims).HasColumnName("due_claims").HasDefaultValue(0);
        entity.Property(x => x.DeadlineAt).HasColumnName("deadline_at");
        entity.Property(x => x.LaneUntil).HasColumnName("lane_until");
        entity.Property<DateTimeOffset?>("WokenFor").HasColumnName("woken_for"); // used only by LaneWakeUps
        entity.Property(x => x.LastChange).HasColumnName("last_change").HasJson();
        entity.Ignore(x => x.Change);
        entity.HasIndex(x => x.DueAt);
        entity.HasIndex(x => x.LaneUntil);
    }
}
