using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Compat.Tests;

/// <summary>Nothing but the outbox's tables.</summary>
internal sealed class OutboxTables(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTransactionalOutboxEntities();

    /// <summary>As a context might, for its own tables.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<string>().HaveMaxLength(50);
}
