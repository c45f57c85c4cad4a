using Microsoft.EntityFrameworkCore;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Where a saga's repository gets its <see cref="DbContext"/>.</summary>
public interface ISagaDbContextFactory<out TSaga>
    where TSaga : class, ISaga
{
    /// <summary>For a query outside of a message.</summary>
    DbContext Create();

    /// <summary>For a message: the one of its scope.</summary>
    DbContext CreateScoped<T>(ConsumeContext<T> context)
        where T : class;

    /// <summary>Gives it back.</summary>
    ValueTask ReleaseAsync(DbContext dbContext);
}
