using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Podcast.Ittybit;

namespace Podcast.Benchmarks.Micro;

/// <summary>What the gateway does with every webhook: signature, parse, map to an event.</summary>
[MemoryDiagnoser]
public class Dialects
{
    private static readonly TaskAttempt attempt = new(Guid.NewGuid(), Podcast.Contracts.TaskKind.AudioExtraction, 1);
    private static readonly string[] secrets = ["a secret of sixteen letters"];

    private readonly byte[] body = """
        {"id":"task_0123456789","kind":"audio","status":"completed","ref":"podcast_audio-0123-1","created_at":"2026-11-28T10:00:00Z",
         "output":{"id":"file_0123456789","url":"https://cdn.test/podcast.mp3?signature=0123","type":"audio/mpeg","duration":1050.2,"filesize":25000000}}
        """u8.ToArray();
    private string signature = "";

    [GlobalSetup]
    public void Sign() => signature = WebhookSignature.Compute(body, secrets[0]);

    [Benchmark]
    public bool Signature() => WebhookSignature.IsGenuine(body, signature, secrets);

    [Benchmark]
    public object Event()
    {
        using var document = JsonDocument.Parse(body);
        return IttybitDialect.ReadTask(document.RootElement).Event(attempt, DateTimeOffset.UnixEpoch);
    }
}
