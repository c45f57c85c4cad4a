using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Podcast.Ingest.Api.Jobs;

namespace Podcast.Ingest.Api.Data;

/// <summary>
/// The read model: the tutorial's two tables with their columns, and the history, the transcripts and the idempotency records.
/// All that differs between PostgreSQL and SQLite is here.
/// </summary>
internal sealed class IngestDb(DbContextOptions<IngestDb> options) : DbContext(options)
{
    public const string Owner = "ingest";
    public const string WordsOf = "simple"; // PostgreSQL's configuration for texts of any language: words as they are

    public DbSet<Episode> Episodes => Set<Episode>();
    public DbSet<Quota> Quotas => Set<Quota>();
    public DbSet<ProcessingTask> Tasks => Set<ProcessingTask>();
    public DbSet<HistoryEntry> History => Set<HistoryEntry>();
    public DbSet<Transcript> Transcripts => Set<Transcript>();
    public DbSet<Show> Shows => Set<Show>();
    public DbSet<Publication> Publications => Set<Publication>();
    public DbSet<EpisodeJob> Jobs => Set<EpisodeJob>();
    public DbSet<JobItem> JobItems => Set<JobItem>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<BacklogRun> BacklogRuns => Set<BacklogRun>();
    public DbSet<IdempotencyRecord> Answers => Set<IdempotencyRecord>();

    /// <summary>Makes other transactions that lock the same wait for this one; SQLite has one at a time anyway.</summary>
    public Task Lock(string what, CancellationToken cancellationToken) => Database.IsNpgsql()
        ? Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({what}, 0))", cancellationToken)
        : Task.CompletedTask;

    private string? Json => Database.IsNpgsql() ? "json" : null;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.UseTextsWithoutNul();
        configurationBuilder.Properties<TaskKind>().HaveConversion<Word<TaskKind>>();
        configurationBuilder.Properties<TaskState>().HaveConversion<Word<TaskState>>();
        configurationBuilder.Properties<PublishingChannel>().HaveConversion<Word<PublishingChannel>>();
        if (Database.IsNpgsql())
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
        configurationBuilder.UseSortableTimes(this);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseSchemaOf(this, Owner);

        modelBuilder.Entity<Episode>(episode =>
        {
            episode.ToTable("episodes");
            episode.Property(e => e.Id).ValueGeneratedNever();
            episode.Property(e => e.Version).IsConcurrencyToken();
            episode.Property(e => e.AskedVersion).HasDefaultValue(0);
            episode.HasIndex(e => new { e.UserId, e.CreatedAt, e.Id });
            episode.HasIndex(e => new { e.UserId, e.Status, e.CreatedAt, e.Id });
            episode.HasIndex(e => e.AnnounceAt).HasFilter("version = 0");
            episode.HasIndex(e => new { e.Status, e.CreatedAt }, "IX_episodes_unfinished").HasFilter(Data.Status.IsUnfinished);
            episode.HasIndex(e => e.IttybitFileId).HasFilter("ittybit_file_id IS NOT NULL");
            episode.HasIndex(e => e.AskAt).HasFilter("ask_at IS NOT NULL");
            episode.HasIndex(e => new { e.UserId, e.ChangedAt, e.Id });
            if (Database.IsNpgsql())
                episode.HasIndex(e => e.Title).HasMethod("GIN").IsTsVectorExpressionIndex(WordsOf);
            episode.Property(e => e.Plan).HasJson(Json);
            episode.Property(e => e.Details).HasJson(Json);
            episode.HasMany(e => e.Tasks).WithOne().HasForeignKey(t => t.EpisodeId).OnDelete(DeleteBehavior.Cascade);
            episode.HasMany<HistoryEntry>().WithOne().HasForeignKey(h => h.EpisodeId).OnDelete(DeleteBehavior.Cascade);
        });

        modelBuilder.Entity<ProcessingTask>(task =>
        {
            task.ToTable("processing_tasks");
            task.HasIndex(t => t.IttybitTaskId).IsUnique();
            task.HasIndex(t => new { t.EpisodeId, t.Type }).IsUnique();
            if (Database.IsNpgsql())
                task.Property(t => t.Metadata).HasColumnType("json");
        });

        modelBuilder.Entity<Transcript>(transcript =>
        {
            transcript.ToTable("transcripts").HasKey(t => t.EpisodeId);
            transcript.Property(t => t.Round).IsConcurrencyToken();
            if (Database.IsNpgsql())
                transcript.Property(t => t.Lines).HasColumnType("json");
        });

        modelBuilder.Entity<Show>().ToTable("shows").HasKey(s => new { s.UserId, s.Slug });
        modelBuilder.Entity<Show>().Property(s => s.Put).HasJson(Json);
        modelBuilder.Entity<Publication>().ToTable("publications").HasKey(p => new { p.EpisodeId, p.Channel });
        modelBuilder.Entity<Publication>().Property(p => p.Snapshot).HasJson(Json);
        modelBuilder.Entity<Publication>().HasIndex(p => p.EpisodeId, "IX_publications_open").HasFilter("is_open");
        modelBuilder.Entity<Publication>().Property(p => p.IsOpen).HasDefaultValue(true);
        modelBuilder.Entity<Quota>().ToTable("quotas").HasKey(q => new { q.Channel, q.Project, q.Bucket });
        modelBuilder.Entity<Quota>().Property(q => q.Told).HasJson(Json);
        modelBuilder.Entity<HistoryEntry>().ToTable("episode_history").HasKey(h => new { h.EpisodeId, h.Version });
        modelBuilder.Entity<EpisodeJob>().ToTable("retry_jobs").HasIndex(j => new { j.UserId, j.CreatedAt });
        modelBuilder.Entity<EpisodeJob>().Property(j => j.Id).ValueGeneratedNever();
        modelBuilder.Entity<EpisodeJob>().Property(j => j.Action).HasDefaultValue(JobAction.Retry);
        modelBuilder.Entity<EpisodeJob>().Ignore(j => j.AskedBy);
        modelBuilder.Entity<EpisodeJob>().HasIndex(j => j.DoneAt);
        modelBuilder.Entity<JobItem>().ToTable("retry_items").HasKey(i => new { i.JobId, i.EpisodeId });
        modelBuilder.Entity<JobItem>().HasIndex(i => new { i.EpisodeId, i.At });
        modelBuilder.Entity<AuditEntry>().ToTable("audit");
        modelBuilder.Entity<BacklogRun>().ToTable("backlog_runs").HasKey(r => new { r.UserId, r.Id });
        modelBuilder.Entity<BacklogRun>().HasIndex(r => new { r.UserId, r.StartedAt });
        modelBuilder.Entity<BacklogRun>().Property(r => r.Report).HasJson(Json);
        modelBuilder.Entity<IdempotencyRecord>().ToTable("idempotency_keys").HasKey(a => new { a.UserId, a.Key });
        modelBuilder.Entity<IdempotencyRecord>().HasIndex(a => a.CreatedAt);

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));

        modelBuilder.AddLeanOutboxEntities(); // after the loop: the outbox entities keep MassTransit's column names
    }

    private sealed class Word<TEnum>() : ValueConverter<TEnum, string>(
        value => WireNames<TEnum>.Of(value), word => WireNames<TEnum>.Parse(word))
        where TEnum : struct, Enum;

    /// <summary>PostgreSQL stores no offset, and Npgsql rejects a value whose offset is not zero.</summary>
    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);
}
