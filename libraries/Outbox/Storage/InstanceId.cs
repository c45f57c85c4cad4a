namespace Podcast.Outbox;

/// <summary>This process, or what counts as one: the services of one host.</summary>
internal sealed class InstanceId
{
    public Guid Id { get; } = Guid.CreateVersion7();
}
