using System.Text;
using System.Text.Json;
using MassTransit;
using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using Podcast.Publishing.Publications;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Podcast.FaultRunner.Listening;

/// <summary>
/// Publishes copies of messages to the consumers' queues, like a broker that lost an acknowledgement. Some copies get a new
/// message id, as if they arrived after the inbox had forgotten the original.
/// </summary>
internal sealed class Echo(Uri broker, double percent, int seed)
{
    // Longer than Processing:FreshFor (2 s), within which Processing takes a command for new.
    private static readonly TimeSpan commandsAfter = TimeSpan.FromSeconds(3);

    private static readonly HashSet<string> commands =
    [
        .. TaskKindNames.Commands.Values.Select(Name),
        "check-task", "collect-transcript", "check-outputs",
        "prepare-draft", "send-chunk", "read-back", "attach-thumbnail", "attach-captions", "release", "episode-processed",
    ];

    /// <summary>The queues of the sagas by the messages that they hear, read off the state machines: in another queue nobody knows them.</summary>
    private static readonly Dictionary<string, string> sagas = EventsOf<EpisodeStateMachine>("episode")
        .Concat(EventsOf<PublicationStateMachine>("publication")).ToDictionary();

    private readonly List<Task> under = [];
    private readonly SemaphoreSlim one = new(1);
    private IConnection? connection;
    private int count;

    /// <summary>The number of copies sent.</summary>
    public int Count => count;

    /// <summary>Decides whether a message is sent again, and schedules the copy.</summary>
    public void Hear(Heard message, IReadOnlyBasicProperties properties, byte[] body)
    {
        if (QueueOf(message.Exchange) is not { } queue)
            return;

        var luck = new Random(HashCode.Combine(seed, message.MessageId));
        var delay = TimeSpan.FromSeconds(0.2 + luck.NextDouble() * 8);
        var isResult = message is { Exchange: "podcast.task-failed" or "podcast.task-completed" or "podcast.task-started", IttybitTaskId: not null };
        if (percent > 0 && isResult && message.Exchange == "podcast.task-failed")
            Again(queue, properties, Renamed(body, message.MessageId), TimeSpan.FromSeconds(0.3));
        else if (percent > 0 && message.Exchange is "podcast.retry-episode")
            Again(queue, properties, body, TimeSpan.FromSeconds(4));
        else if (luck.NextDouble() * 100 < percent)
            Again(queue, properties, isResult && luck.Next(3) == 0 ? Renamed(body, message.MessageId) : body, IsCommand(queue) ? commandsAfter + delay : delay);
    }

    /// <summary>Waits until all scheduled copies were sent.</summary>
    public async Task Finish()
    {
        Task[] all;
        lock (under) all = [.. under];
        await Task.WhenAll(all);
        if (connection is not null)
            await connection.DisposeAsync();
    }

    /// <summary>The queue that the exchange of a message leads to; null for a message that nobody hears or that is not sent twice.</summary>
    internal static string? QueueOf(string exchange) => exchange[Heard.Prefix.Length..] switch
    {
        "episode-changed" => "ingest-episode-changed",
        "transcript-collected" => "ingest-transcript-collected",
        "task-reported" => "task-reports",
        "lane-changed" => "lane-changed",
        "publication-changed" => "ingest-publication-changed",
        "episode-published" => "link-video",
        var command when IsCommand(command) => command,
        var name => sagas.GetValueOrDefault(name),
    };

    private static IEnumerable<KeyValuePair<string, string>> EventsOf<TMachine>(string queue) => typeof(TMachine).GetProperties()
        .Where(property => property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Event<>))
        .Select(property => property.PropertyType.GetGenericArguments()[0])
        .Where(message => !message.IsGenericType) // faults are not sent twice
        .Select(message => KeyValuePair.Create(Name(message), queue));

    private static string Name(Type message) => JsonNamingPolicy.KebabCaseLower.ConvertName(message.Name);

    private static bool IsCommand(string queue) => commands.Contains(queue);

    private static byte[] Renamed(byte[] body, Guid messageId) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace(messageId.ToString(), Guid.CreateVersion7().ToString(), StringComparison.OrdinalIgnoreCase));

    private void Again(string queue, IReadOnlyBasicProperties properties, byte[] body, TimeSpan delay)
    {
        var again = new BasicProperties(properties) { MessageId = null };
        lock (under) under.Add(Send(queue, again, body, delay));
    }

    private async Task Send(string queue, BasicProperties properties, byte[] body, TimeSpan delay)
    {
        await Task.Delay(delay);
        for (var tries = 0; tries < 60; tries++)
        {
            await one.WaitAsync();
            try
            {
                if (connection is not { IsOpen: true })
                {
                    connection?.Dispose();
                    connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
                }

                await using var channel = await connection.CreateChannelAsync();
                await channel.BasicPublishAsync("", queue, mandatory: false, properties, body);
                Interlocked.Increment(ref count);
                return;
            }
            catch (Exception away) when (away is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or IOException or ObjectDisposedException)
            {
            }
            finally
            {
                one.Release();
            }

            await Task.Delay(1000);
        }
    }
}
