using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Podcast.Compat.Tests;

/// <summary>The saga of these tests: it counts.</summary>
public sealed class Tally : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }
    public string State { get; set; } = "";
    public string Group { get; set; } = "";
    public int Count { get; set; }
    public int Version { get; set; }
    public List<string> Notes { get; set; } = [];
}

/// <summary>What user code writes beside the saga.</summary>
public sealed class Receipt
{
    public int Id { get; set; }
    public Guid Tally { get; set; }
}

public sealed record Started(Guid Id, string Group = "");

public sealed record Opened(Guid Id);

public sealed record Counted(Guid Id, string? Note = null);

public sealed record CountedTogether(string Group);

public sealed record Filed(Guid Id, bool Fail = false);

public sealed record Ended(Guid Id);

public sealed class TallyContext(DbContextOptions<TallyContext> options) : SagaDbContext(options)
{
    public DbSet<Tally> Tallies => Set<Tally>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    protected override IEnumerable<ISagaClassMap> Configurations => [new TallyMap()];
}

internal sealed class TallyMap : SagaClassMap<Tally>
{
    protected override void Configure(EntityTypeBuilder<Tally> entity, ModelBuilder model)
    {
        entity.ToTable("tally");
        entity.Property(tally => tally.Group).HasColumnName("group");
        entity.Property(tally => tally.Version).IsConcurrencyToken();
        entity.Property(tally => tally.Notes).HasJsonConversion();
    }
}
