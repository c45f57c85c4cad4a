using Podcast.Orchestrator.Timers;

namespace Podcast.Orchestrator.Data;

internal sealed class LaneStatusMap : IEntityTypeConfiguration<LaneStatus>
{
    public void Configure(EntityTypeBuilder<LaneStatus> builder)
    {
        builder.ToTable("lanes");
        builder.HasKey(x => x.Name);
        builder.Property(x => x.Name).HasColumnName("name").HasMaxLength(50);
        builder.Property(x => x.State).HasColumnName("state").HasConversion<string>().HasMaxLength(16);
        builder.Property(x => x.ChangedAt).HasColumnName("changed_at");
        builder.Property(x => x.HeardAt).HasColumnName("heard_at");
    }
}
