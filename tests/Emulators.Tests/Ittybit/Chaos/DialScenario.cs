using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.Ittybit.Chaos;

/// <summary>An emulator, a receiver and an uploaded episode, under a dial.</summary>
internal sealed class DialScenario : IAsyncDisposable
{
    private DialScenario(RunningEmulator emulator, WebhookReceiver receiver, string fileId)
    {
        Emulator = emulator;
        Receiver = receiver;
        FileId = fileId;
    }

    public RunningEmulator Emulator { get; }

    public WebhookReceiver Receiver { get; }

    public string FileId { get; }

    /// <summary>The episode is uploaded before the dial is set.</summary>
    public static async Task<DialScenario> Under(ChaosDial dial)
    {
        var emulator = await RunningEmulator.Start();
        var scenario = new DialScenario(emulator, await WebhookReceiver.Start(), await emulator.UploadEpisode());
        emulator.Emulator.Chaos = dial;
        return scenario;
    }

    public JsonObject Audio() => TaskBodies.Audio(FileId, Receiver.Url);

    public Task<Answer> PostAudio(params (string Name, string Value)[] headers) => Emulator.Post("tasks", Audio(), headers);

    /// <summary>Makes an audio task and waits until its end was told.</summary>
    public async Task<Delivery> EndOfAudio() => await Receiver.End(await Emulator.Make(Audio()));

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
