using Podcast.Processing.Consumers;
using Podcast.Processing.TaskKinds;
using Podcast.SettingsBinding;
using Podcast.Throttling;

namespace Podcast.Processing;

/// <summary>Composition of the worker that calls Ittybit: one consumer per command. It stores nothing about episodes.</summary>
public static class ProcessingSetup
{
    /// <summary>Registers the consumers and their services.</summary>
    public static void AddProcessing(this IBusRegistrationConfigurator bus)
    {
        bus.AddIttybitClient().AddProviderThrottle(IttybitClient.Name);
        bus.AddTransient<DeliveryLeaseHandler>();
        bus.AddHttpClient(IttybitClient.Name).AddHttpMessageHandler<DeliveryLeaseHandler>(); // after the throttle's waits
        bus.AddIttybitWebhooks();
        OutputDownload.Register(bus);
        bus.AddSettings<ProcessingOptions>("Processing");
        bus.AddSettings<OutputOptions>("Outputs");

        bus.AddSingleton<KeyedLock>();
        bus.AddSingleton<DeliveryLeases>();
        bus.AddSingleton<StartedTasks>();
        bus.AddSingleton<IttybitGateway>();
        bus.AddTransient<TaskSubmitter>();
        bus.AddTransient<OutputValidator>();
        bus.AddTransient<MediaDescriber>();

        bus.AddTaskKind<ExtractAudioConsumer>(ExtractAudioConsumer.Output);
        bus.AddTaskKind<TranscodeVideoConsumer>(TranscodeVideoConsumer.Output);
        bus.AddTaskKind<GenerateTranscriptConsumer>(GenerateTranscriptConsumer.Output);
        bus.AddTaskKind<DetectChaptersConsumer>(DetectChaptersConsumer.Output);
        bus.AddTaskKind<CreateThumbnailConsumer>(CreateThumbnailConsumer.Output);

        // Separate queues, so that many checks do not delay new tasks.
        bus.AddWorker<CheckTaskConsumer>(retry => retry.Intervals(500, 2000), atOnce: 8);
        bus.AddWorker<CheckOutputsConsumer>(retry => retry.Intervals(500, 2000), atOnce: 4); // also requests to other servers
        bus.AddWorker<ResumeLaneConsumer>(retry => retry.Intervals(500, 2000));
    }

    private static void AddTaskKind<TConsumer>(this IBusRegistrationConfigurator bus, OutputRule output)
        where TConsumer : class, IConsumer
    {
        bus.AddSingleton(output);
        bus.AddConsumer<TConsumer, SubmissionDefinition<TConsumer>>();
    }
}
