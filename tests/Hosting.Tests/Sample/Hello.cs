namespace Podcast.Hosting.Tests.Sample;

/// <summary>A greeting; consumed by <see cref="HelloConsumer"/>.</summary>
internal sealed record Hello(string Name, int Milliseconds = 0, string? Note = null);

/// <summary>A message that shares a queue, and its first field, with <see cref="Hello"/>.</summary>
internal sealed record Goodbye(string Name);

/// <summary>A message that nobody consumes.</summary>
internal sealed record Whisper(string Name);
