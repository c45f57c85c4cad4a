namespace Podcast.Hosting.Data;

/// <summary>A database that this host owns.</summary>
internal sealed record OwnedDatabase(string Owner, Type Context)
{
    public DbContext In(AsyncServiceScope scope) => (DbContext)scope.ServiceProvider.GetRequiredService(Context);
}
