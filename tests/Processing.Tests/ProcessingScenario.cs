using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Podcast.Contracts;
using Podcast.Ittybit;
using Podcast.Media;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

/// <summary>The real worker on MassTransit's test harness, in front of a server that plays Ittybit.</summary>
internal sealed class ProcessingScenario : IAsyncDisposable
{
    public const string ApiKey = "ittybit_live_for_tests";

    private readonly ServiceProvider services;
    private readonly TemporaryDirectory directory;

    private ProcessingScenario(IttybitServer ittybit, ManualClock clock, ServiceProvider services, TemporaryDirectory directory)
    {
        this.directory = directory;
        Ittybit = ittybit;
        Clock = clock;
        this.services = services;
    }

    public IttybitServer Ittybit { get; }

    public ManualClock Clock { get; }

    public Guid Episode { get; } = Guid.Parse("9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a");

    public EpisodeSource Source { get; } = new("file_abc123", null);

    public ITestHarness Harness => services.GetRequiredService<ITestHarness>();

    /// <summary>What the worker has told so far, in order, without commands and faults.</summary>
    public IReadOnlyList<object> Told => [.. services.GetRequiredService<Events>().All];

    /// <summary>All of this kind that was published so far.</summary>
    public IReadOnlyList<T> Published<T>()
        where T : class =>
        [.. Harness.Published.Select<T>(new CancellationToken(canceled: true)).Select(published => published.Context.Message)];

    public static Task<ProcessingScenario> Start(params (string Key, string Value)[] settings) => Start(_ => { }, settings);

    public static async Task<ProcessingScenario> Start(
        Action<IServiceCollection> replace, params (string Key, string Value)[] settings)
    {
        var ittybit = await IttybitServer.Start();
        var directory = new TemporaryDirectory();
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Ittybit:BaseAddress"] = ittybit.Address,
                ["Ittybit:ApiKey"] = ApiKey,
                ["Ittybit:Retries"] = "0",
                ["Webhooks:PublicUrl"] = "https://podcast.example",
                ["Webhooks:Key"] = "a-key-of-callbacks-for-tests",
                ["Sources:AllowLoopback"] = "true",
                ["Processing:UnknownTaskDelay"] = "00:00:00",
                ["Processing:FreshFor"] = "01:00:00", // messages bear the system's time, and the scenario's clock stands still
                ["Processing:LookAfter"] = "00:00:00",
                ["Processing:StartedDelay"] = "00:00:00",
                ["Processing:DescribeDelay"] = "00:00:00",
                ["Data:Directory"] = directory.Path,
                ["Lanes:Ittybit:Rate"] = "0",
            })
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();

        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddSingleton<Events>();
        collection.AddSingleton<Hindrance>();
        collection.AddMassTransitTestHarness(bus =>
        {
            bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30));
            bus.AddProcessing();
            bus.UsingInMemory((context, cfg) =>
            {
                cfg.ConnectPublishObserver(context.GetRequiredService<Events>());
                cfg.ConfigureEndpoints(context);
            });
        });

        collection.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        replace(collection);

        var services = collection.BuildServiceProvider(validateScopes: true);
        foreach (var start in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await start.StartingAsync(CancellationToken.None); // makes the lanes' database
        await services.GetRequiredService<ITestHarness>().Start();
        return new ProcessingScenario(ittybit, clock, services, directory);
    }

    public ExtractAudio ExtractAudio(int attempt = 1, bool again = false, params string[] known) =>
        new(Episode, attempt, Source, null, known, again);

    public Uri Callback(TaskKind kind = TaskKind.AudioExtraction, int attempt = 1) =>
        services.GetRequiredService<CallbackAddress>().For(new TaskAttempt(Episode, kind, attempt));

    public TConsumer Consumer<TConsumer>()
        where TConsumer : class => services.CreateScope().ServiceProvider.GetRequiredService<TConsumer>();

    public Task<byte[]> Downloads(Uri address) =>
        services.GetRequiredService<OutputDownload>().Fetch("file", address, 1024 * 1024, TimeSpan.FromMinutes(1), CancellationToken.None);

    /// <summary>The next <paramref name="times"/> publications of <typeparamref name="T"/> fail, as when the broker is away.</summary>
    public void BreakPublishing<T>(int times)
        where T : class =>
        services.GetRequiredService<Hindrance>().Expect<T>(times, () => throw new InvalidOperationException("The broker is away."));

    /// <summary>The next publication of <typeparamref name="T"/> is never confirmed.</summary>
    /// <returns>Its message id, once it is stalled.</returns>
    public IReadOnlyCollection<Guid?> StallPublishing<T>()
        where T : class
    {
        var hindrance = services.GetRequiredService<Hindrance>();
        hindrance.Expect<T>(times: 1, () => Task.Delay(Timeout.Infinite));
        return hindrance.Hindered;
    }

    /// <summary>The ids of all messages of this kind that were published so far.</summary>
    public IReadOnlyList<Guid?> MessageIds<T>()
        where T : class =>
        [.. Harness.Published.Select<T>(new CancellationToken(canceled: true)).Select(published => published.Context.MessageId)];

    /// <summary>Gives the worker a command and waits until it is through with it; returns what it told then.</summary>
    public async Task<IReadOnlyList<object>> Handle<T>(T command, Action<PublishContext<T>>? with = null)
        where T : class
    {
        var before = Told.Count;
        var id = NewId.NextGuid();
        await Harness.Bus.Publish(command, Pipe.Execute<PublishContext<T>>(context =>
        {
            context.MessageId = id;
            with?.Invoke(context);
        }));
        (await Harness.Consumed.Any<T>(consumed => consumed.Context.MessageId == id)).ShouldBeTrue();
        return [.. Told.Skip(before)];
    }

    public async ValueTask DisposeAsync()
    {
        await Harness.Stop();
        await services.DisposeAsync();
        await Ittybit.DisposeAsync();
        directory.Dispose();
    }

    internal sealed class Events(Hindrance hindrance) : IPublishObserver
    {
        private readonly ConcurrentQueue<object> all = new();

        public IReadOnlyCollection<object> All => all;

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class => hindrance.Hinder(context);

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class
        {
            if (context.Message is TaskStarted or TaskProgressed or TaskCompleted or TaskFailed or TaskDeferred
                or TranscriptCollected or TranscriptRejected or OutputsChecked or OutputCheckDelayed)
                all.Enqueue(context.Message);
            return Task.CompletedTask;
        }

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }

    internal sealed class Hindrance
    {
        private Func<PublishContext, bool> isMeant = _ => false;
        private Func<Task> happening = () => Task.CompletedTask;
        private int times;

        /// <summary>The messages that were hindered.</summary>
        public ConcurrentQueue<Guid?> Hindered { get; } = new();

        public void Expect<T>(int times, Func<Task> happening)
            where T : class => (isMeant, this.happening, this.times) = (context => context is PublishContext<T>, happening, times);

        public Task Hinder(PublishContext context)
        {
            if (!isMeant(context) || Interlocked.Decrement(ref times) < 0)
                return Task.CompletedTask;

            Hindered.Enqueue(context.MessageId);
            return happening();
        }
    }
}
