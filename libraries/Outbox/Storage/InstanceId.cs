namespace Podcast.Outbox;

/// <summary>Identifies one host: normally the process, but a test process may run several hosts.</summary>
internal sealed class InstanceId
{
    public Guid Id { get; } = Guid.CreateVersion7();
}
