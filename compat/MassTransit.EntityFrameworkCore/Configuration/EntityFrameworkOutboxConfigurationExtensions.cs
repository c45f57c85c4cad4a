using MassTransit.Configuration;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MassTransit;

/// <summary>The transactional outbox: registration, endpoint configuration, and the same tables as the package's.</summary>
public static class EntityFrameworkOutboxConfigurationExtensions
{
    /// <summary>Configures the outbox on <typeparamref name="TDbContext"/>.</summary>
    /// <exception cref="ConfigurationException">No <c>IOutboxContextFactory</c> is registered before, or clean-up or delivery is
    /// not disabled; see compat/README.md.</exception>
    public static void AddEntityFrameworkOutbox<TDbContext>(
        this IBusRegistrationConfigurator configurator, Action<IEntityFrameworkOutboxConfigurator>? configure = null)
        where TDbContext : DbContext
    {
        var outbox = new EntityFrameworkOutboxConfigurator<TDbContext>(configurator);
        configure?.Invoke(outbox);
        outbox.Register();
    }

    /// <summary>Adds inbox and outbox to every consumer and saga of the endpoint.</summary>
    public static void UseEntityFrameworkOutbox<TDbContext>(
        this IReceiveEndpointConfigurator configurator, IRegistrationContext context, Action<IOutboxOptionsConfigurator>? configure = null)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(configurator);
        ArgumentNullException.ThrowIfNull(context);

        var observer = new OutboxConsumePipeSpecificationObserver<TDbContext>(configurator, context);
        configure?.Invoke(observer);
        configurator.ConnectConsumerConfigurationObserver(observer);
        configurator.ConnectSagaConfigurationObserver(observer);
    }

    /// <summary>Uses PostgreSQL's lock statements.</summary>
    public static IEntityFrameworkOutboxConfigurator UsePostgres(this IEntityFrameworkOutboxConfigurator configurator) =>
        configurator.UsePostgres(enableSchemaCaching: true);

    /// <inheritdoc cref="UsePostgres(IEntityFrameworkOutboxConfigurator)"/>
    public static IEntityFrameworkOutboxConfigurator UsePostgres(
        this IEntityFrameworkOutboxConfigurator configurator, bool enableSchemaCaching)
    {
        configurator.LockStatementProvider = new PostgresLockStatementProvider(enableSchemaCaching);
        return configurator;
    }

    /// <summary>Uses SQLite's statements, which lock no rows: the transaction locks the whole file.</summary>
    public static IEntityFrameworkOutboxConfigurator UseSqlite(this IEntityFrameworkOutboxConfigurator configurator) =>
        configurator.UseSqlite(enableSchemaCaching: true);

    /// <inheritdoc cref="UseSqlite(IEntityFrameworkOutboxConfigurator)"/>
    public static IEntityFrameworkOutboxConfigurator UseSqlite(
        this IEntityFrameworkOutboxConfigurator configurator, bool enableSchemaCaching)
    {
        configurator.LockStatementProvider = new SqliteLockStatementProvider(enableSchemaCaching);
        return configurator;
    }

    /// <summary>Adds the tables <c>InboxState</c>, <c>OutboxState</c> and <c>OutboxMessage</c>.</summary>
    public static void AddTransactionalOutboxEntities(this ModelBuilder modelBuilder, Action<EntityTypeBuilder>? callback = null)
    {
        modelBuilder.AddInboxStateEntity(callback);
        modelBuilder.AddOutboxStateEntity(callback);
        modelBuilder.AddOutboxMessageEntity(callback);
    }

    public static void AddInboxStateEntity(this ModelBuilder modelBuilder, Action<EntityTypeBuilder<InboxState>>? callback = null)
    {
        var inbox = modelBuilder.Entity<InboxState>();
        inbox.ConfigureInboxStateEntity();
        callback?.Invoke(inbox);
    }

    public static void AddOutboxStateEntity(this ModelBuilder modelBuilder, Action<EntityTypeBuilder<OutboxState>>? callback = null)
    {
        var outbox = modelBuilder.Entity<OutboxState>();
        outbox.ConfigureOutboxStateEntity();
        callback?.Invoke(outbox);
    }

    public static void AddOutboxMessageEntity(this ModelBuilder modelBuilder, Action<EntityTypeBuilder<OutboxMessage>>? callback = null)
    {
        var message = modelBuilder.Entity<OutboxMessage>();
        message.ConfigureOutboxMessageEntity();
        callback?.Invoke(message);
    }

    public static void ConfigureInboxStateEntity(this EntityTypeBuilder<InboxState> inbox)
    {
        inbox.WithoutLengths();
        inbox.HasKey(state => state.Id);
        inbox.HasAlternateKey(state => new { state.MessageId, state.ConsumerId });
        inbox.Property(state => state.RowVersion).IsRowVersion();
        inbox.HasIndex(state => state.Delivered);
    }

    public static void ConfigureOutboxStateEntity(this EntityTypeBuilder<OutboxState> outbox)
    {
        outbox.WithoutLengths();
        outbox.HasKey(state => state.OutboxId);
        outbox.Property(state => state.RowVersion).IsRowVersion();
        outbox.HasIndex(state => state.Created);
    }

    public static void ConfigureOutboxMessageEntity(this EntityTypeBuilder<OutboxMessage> outbox)
    {
        outbox.WithoutLengths();
        outbox.HasKey(message => message.SequenceNumber);

        outbox.Property(message => message.SourceAddress).HasMaxLength(256);
        outbox.Property(message => message.DestinationAddress).HasMaxLength(256);
        outbox.Property(message => message.ResponseAddress).HasMaxLength(256);
        outbox.Property(message => message.FaultAddress).HasMaxLength(256);
        outbox.Property(message => message.ContentType).HasMaxLength(256);
        outbox.HasIndex(message => message.ExpirationTime);
        outbox.HasIndex(message => message.EnqueueTime);

        outbox.HasIndex(message => new { message.InboxMessageId, message.InboxConsumerId, message.SequenceNumber }).IsUnique();
        outbox.HasOne<InboxState>().WithMany().IsRequired(false)
            .HasForeignKey(message => new { message.InboxMessageId, message.InboxConsumerId })
            .HasPrincipalKey(state => new { state.MessageId, state.ConsumerId });

        outbox.HasIndex(message => new { message.OutboxId, message.SequenceNumber }).IsUnique();
        outbox.HasOne<OutboxState>().WithMany().IsRequired(false)
            .HasForeignKey(message => message.OutboxId);
    }

    /// <summary>Removes maximum lengths that a convention of the context has set.</summary>
    private static void WithoutLengths(this EntityTypeBuilder entity)
    {
        foreach (var property in entity.Metadata.GetProperties())
            property.SetMaxLength(null);
    }
}
