using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Contracts;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Ittybit;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit;

/// <summary>The client that speaks to the real Ittybit must not notice.</summary>
public sealed class When_our_client_calls : IAsyncLifetime
{
    private RunningEmulator emulator = null!;
    private ServiceProvider services = null!;
    private IIttybitApi api = null!;

    public async Task InitializeAsync()
    {
        emulator = await RunningEmulator.Start();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ittybit:BaseAddress"] = emulator.Http.BaseAddress!.AbsoluteUri,
            ["Ittybit:ApiKey"] = RunningEmulator.Key,
            ["Ittybit:Retries"] = "0",
        }).Build();
        services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration).AddLogging().AddIttybitClient().BuildServiceProvider();
        api = services.GetRequiredService<IIttybitApi>();
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await emulator.DisposeAsync();
    }

    [Fact]
    public async Task it_uploads_describes_and_reads_back()
    {
        var signature = await api.CreateSignature(new SignatureRequest { Filename = "episode.mp4", Folder = "e", Method = "put" });
        var uploaded = (await RunningEmulator.Put(signature.Url, Sample.Episode)).Json;
        var file = await api.GetFile((string)uploaded["id"]!);
        var copy = await api.CreateFile(new CreateFileRequest { Url = file.Url!, Ref = "copy" });
        await api.UpdateMedia(file.MediaId!, new MediaRequest { Title = "Episode 1" });
        var media = await api.GetMedia(file.MediaId!);

        (file.Kind, file.Type, file.Width, file.Height, file.Status).ShouldBe(("video", "video/mp4", 1280, 720, "ready"));
        file.Duration!.Value.ShouldBe(Sample.Seconds, 0.05);
        copy.Ref.ShouldBe("copy");
        media.Title.ShouldBe("Episode 1");
        media.Files!.ShouldHaveSingleItem().Id.ShouldBe(file.Id);
        (await api.ListMedia()).Select(one => one.Id).ShouldContain(media.Id);
    }

    [Theory]
    [InlineData(Dialect.G0)]
    [InlineData(Dialect.G1)]
    [InlineData(Dialect.G2)]
    [InlineData(Dialect.G3)]
    [InlineData(Dialect.G5)]
    public async Task client_makes_finds_and_follows_tasks_in_every_dialect(Dialect dialect)
    {
        var fileId = await emulator.UploadEpisode();
        emulator.Emulator.Chaos = new ChaosDial { Dialect = dialect };

        var made = await api.CreateTask(IttybitTasks.Audio(new IttybitSource(fileId, null)) with { Ref = "podcast_audio-0f-1" });
        IttybitTask task = made;
        await Eventually.Holds(async () => (task = await api.GetTask(made.Id)).Outcome == TaskOutcome.Succeeded, "success");

        made.Outcome.ShouldBe(TaskOutcome.InProgress);
        made.Ref.ShouldBe("podcast_audio-0f-1");
        task.Output!.Url.ShouldNotBeNull();
        var listed = (await api.ListTasks(kind: "audio")).ShouldHaveSingleItem();
        (listed.Id, listed.Ref, listed.Outcome).ShouldBe((made.Id, "podcast_audio-0f-1", TaskOutcome.Succeeded));
    }

    [Theory]
    [InlineData(WebhookShape.W1)]
    [InlineData(WebhookShape.W2)]
    [InlineData(WebhookShape.W3)]
    [InlineData(WebhookShape.W4)]
    [InlineData(WebhookShape.W5)]
    [InlineData(WebhookShape.W6)]
    public async Task it_understands_the_end_in_every_shape(WebhookShape shape)
    {
        await using var receiver = await WebhookReceiver.Start();
        var fileId = await emulator.UploadEpisode();
        emulator.Emulator.Chaos = new ChaosDial { WebhookShape = shape };

        await api.CreateTask(IttybitTasks.Speech(new IttybitSource(fileId, null)) with { WebhookUrl = receiver.Url });
        IttybitTask? end = null;
        await Eventually.Holds(
            () => receiver.All.Select(delivery => IttybitDialect.ReadTask(System.Text.Json.JsonDocument.Parse(delivery.Body).RootElement))
                .FirstOrDefault(task => task.Outcome == TaskOutcome.Succeeded) is { } found && (end = found) is not null,
            "the end, understood");

        end!.Output!.Url.ShouldNotBeNull();
        WebhookSignature.IsGenuine(receiver.All[^1].Body, receiver.All[^1].Signature, [RunningEmulator.Secret]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("payment", IttybitFailureKind.LaneBlocked)]
    [InlineData("revoked", IttybitFailureKind.LaneBlocked)]
    [InlineData("429", IttybitFailureKind.LaneBlocked)]
    [InlineData("500", IttybitFailureKind.Transient)]
    [InlineData("silence", IttybitFailureKind.Transient)]
    [InlineData("half", IttybitFailureKind.Transient)]
    [InlineData("reset", IttybitFailureKind.Transient)]
    [InlineData("html", IttybitFailureKind.Transient)]
    [InlineData("none", IttybitFailureKind.Final)]
    public async Task it_takes_each_fault_for_what_it_is(string fault, IttybitFailureKind kind)
    {
        var fileId = await emulator.UploadEpisode();
        emulator.Emulator.Chaos = fault switch
        {
            "payment" => new ChaosDial { PaymentRequired = true },
            "revoked" => new ChaosDial { KeyRevoked = true },
            "429" => new ChaosDial { TooManyRequestsPercent = 100, RetryAfterSeconds = 3 },
            "500" => new ChaosDial { ServerErrorPercent = 100 },
            "silence" => new ChaosDial { TimeoutAfterAcceptPercent = 100 },
            "half" => new ChaosDial { TruncatedJsonPercent = 100 },
            "reset" => new ChaosDial { ResetMidBodyPercent = 100 },
            "html" => new ChaosDial { HtmlPercent = 100 },
            _ => new ChaosDial(),
        };

        var source = new IttybitSource(fault == "none" ? "file_none" : fileId, null);
        var thrown = await Should.ThrowAsync<Exception>(() => api.CreateTask(IttybitTasks.Audio(source)));

        var failure = IttybitFailure.Of(thrown, TimeProvider.System);
        failure.Kind.ShouldBe(kind, failure.Message);
        failure.RetryAfter.ShouldBe(fault == "429" ? TimeSpan.FromSeconds(3) : null);
    }
}
