using System.Text.Json;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Podcast.Outbox;
using Podcast.Publishing.Accounts;

namespace Podcast.Publishing.Data;

/// <summary>The tables of publishing. No other service reads them.</summary>
public sealed class PublishingDbContext(DbContextOptions<PublishingDbContext> options) : SagaDbContext(options), IDataProtectionKeyContext
{
    /// <summary>The name of the connection string and of the schema.</summary>
    public const string Owner = "publishing";

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    internal DbSet<Publication> Publications => Set<Publication>();
    internal DbSet<ShowRow> Shows => Set<ShowRow>();
    internal DbSet<QuotaDay> Quota => Set<QuotaDay>();
    internal DbSet<UploadPause> UploadPauses => Set<UploadPause>();

    /// <summary>The show that the episode names. If it names none: its owner's show, if there is exactly one. Otherwise null.</summary>
    internal async Task<ShowRow?> ShowOf(EpisodeProcessed episode, CancellationToken cancellationToken)
    {
        var shows = await Shows.AsNoTracking()
            .Where(show => show.OwnerId == episode.OwnerId && (episode.Show == null || show.Slug == episode.Show))
            .OrderBy(show => show.Slug).Take(2).ToListAsync(cancellationToken);
        return shows is [var show] ? show : null;
    }

    protected override IEnumerable<ISagaClassMap> Configurations => [new PublicationMap()];

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.UseSchemaOf(this, Owner);
        modelBuilder.Entity<ShowRow>(show =>
        {
            show.ToTable("shows").HasKey(x => new { x.OwnerId, x.Slug });
            show.Property(x => x.OwnerId).HasMaxLength(255);
            show.Property(x => x.Slug).HasMaxLength(ShowPattern.LongestSlug);
            show.Property(x => x.Settings).HasJson();
        });
        modelBuilder.Entity<QuotaDay>(quota =>
        {
            quota.ToTable("quota").HasKey(x => new { x.Project, x.Bucket, x.Day });
            quota.Property(x => x.Project).HasMaxLength(255);
            quota.Property(x => x.Bucket).HasMaxLength(32);
        });
        modelBuilder.Entity<UploadPause>(pause =>
        {
            pause.ToTable("upload_pauses").HasKey(x => x.ChannelId);
            pause.Property(x => x.ChannelId).HasMaxLength(255);
        });
        modelBuilder.Entity<DraftClaim>(claim =>
        {
            claim.ToTable("draft_claims").HasKey(x => x.PublicationId);
            claim.Property(x => x.PublicationId).ValueGeneratedNever();
        });
        modelBuilder.AddAccounts();
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }

        modelBuilder.AddLeanOutboxEntities();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.UseTextsWithoutNul();
        configurationBuilder.UseSortableTimes(this);
    }
}
