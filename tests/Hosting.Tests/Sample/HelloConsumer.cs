using System.Collections.Concurrent;
using MassTransit;

namespace Podcast.Hosting.Tests.Sample;

/// <summary>Notes what it hears; fails for "nobody"; takes as long as it is told.</summary>
internal sealed class HelloConsumer(Heard heard) : IConsumer<Hello>, IConsumer<Goodbye>
{
    public async Task Consume(ConsumeContext<Hello> context)
    {
        Heard.Begun(context.Message.Name);
        if (context.Message.Name == "nobody")
            throw new InvalidOperationException("There is nobody to greet.");

        await Task.Delay(context.Message.Milliseconds, context.CancellationToken);
        heard.Add($"hello {context.Message.Name}", context.MessageId);
    }

    public Task Consume(ConsumeContext<Goodbye> context)
    {
        heard.Add($"goodbye {context.Message.Name}", context.MessageId);
        return Task.CompletedTask;
    }
}

internal sealed class HelloDefinition : ConsumerDefinition<HelloConsumer>
{
    public HelloDefinition() => EndpointName = "say-hello";
}

/// <summary>What was heard by this process.</summary>
internal sealed class Heard
{
    private readonly ConcurrentQueue<string> all = [];
    private readonly ConcurrentQueue<Guid?> messageIds = [];

    public IReadOnlyList<string> All => [.. all];

    public IReadOnlyList<Guid?> MessageIds => [.. messageIds];

    public static void Begun(string name) => Console.WriteLine($"BEGUN {name}");

    public void Add(string what, Guid? messageId = null)
    {
        messageIds.Enqueue(messageId);
        all.Enqueue(what);
        Console.WriteLine($"HEARD {what}");
    }

    public Task Hears(string what) => Eventually.Holds(() => All.Contains(what), $"hearing {what}; heard {string.Join(", ", All)}");
}
