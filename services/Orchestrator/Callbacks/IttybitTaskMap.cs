namespace Podcast.Orchestrator.Callbacks;

internal sealed class IttybitTaskMap : IEntityTypeConfiguration<IttybitTaskEntry>
{
    public void Configure(EntityTypeBuilder<IttybitTaskEntry> builder)
    {
        builder.ToTable("ittybit_tasks");
        builder.HasKey(x => x.IttybitTaskId);
        builder.Property(x => x.IttybitTaskId).HasColumnName("ittybit_task_id").HasMaxLength(255);
        builder.Property(x => x.EpisodeId).HasColumnName("episode_id");
        builder.Property(x => x.Task).HasColumnName("task").HasConversion<string>().HasMaxLength(32);
        builder.Property(x => x.Attempt).HasColumnName("attempt");
        builder.Property(x => x.Parked).HasColumnName("parked").HasJson();
        builder.Property(x => x.CreatedAt).HasColumnName("created_at");
        builder.HasIndex(x => x.CreatedAt);
    }
}
