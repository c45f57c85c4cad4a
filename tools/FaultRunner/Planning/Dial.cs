using System.Net.Http.Json;
using Podcast.FaultRunner.Cli;

namespace Podcast.FaultRunner.Planning;

/// <summary>
/// Configures the faults of the provider's emulator. Faults that exclude each other, such as dialects, alternate from phase to
/// phase.
/// </summary>
internal sealed class Dial(Uri provider, RunSettings run) : IDisposable
{
    private static readonly string[] dialects = ["g2", "g3", "g2", "g1", "g2", "g5"];
    private static readonly string[] waits = ["none", "seconds", "none", "date"];

    private readonly HttpClient client = new() { BaseAddress = provider, Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Sets the faults of a phase, of the provider and of both channels.</summary>
    /// <param name="phase">The number of the phase, from 0.</param>
    /// <param name="isUnpaid">True: task creations are answered 402.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task Set(int phase, CancellationToken cancellationToken, bool isUnpaid = false)
    {
        var chaos = run.Chaos;
        var even = phase % 2 == 0;
        await Put("transistor", ChannelDial.Transistor(run, phase), cancellationToken);
        await Put("youtube", ChannelDial.YouTube(run, phase), cancellationToken);
        await Put(
            "ittybit",
            new Dictionary<string, object>
            {
                ["seed"] = run.Seed + phase,
                ["dialect"] = dialects[phase % dialects.Length],
                ["duplicate_percent"] = chaos.Duplicates,
                ["duplicate_copies"] = even ? 1 : 3,
                ["duplicate_delay_ms"] = even ? 0 : 1500,
                ["drop_percent"] = chaos.Drops,
                ["early_percent"] = chaos.Early,
                ["reorder_percent"] = chaos.Reordered,
                ["contradict_percent"] = chaos.Contradicted,
                ["bare_webhook_percent"] = chaos.Bare,
                ["foreign_elements_percent"] = chaos.ForeignElements,
                ["payment_required"] = isUnpaid,
                ["forge_percent"] = chaos.Forged,
                ["webhook_delay_ms"] = even ? 0 : 300,
                ["too_many_requests_percent"] = chaos.Refused / 2,
                ["retry_after"] = waits[phase % waits.Length],
                ["retry_after_seconds"] = 1,
                ["server_error_percent"] = chaos.Refused / 2,
                ["server_error_after_accept"] = !even,
                ["timeout_after_accept_percent"] = chaos.Garbled / 4,
                ["reset_mid_body_percent"] = chaos.Garbled / 4,
                ["truncated_json_percent"] = chaos.Garbled / 4,
                ["html_percent"] = chaos.Garbled / 8,
                ["wrong_shape_percent"] = chaos.Garbled / 8,
                ["stale_read_ms"] = even ? 0 : 2000,
                ["fail_percent"] = chaos.Failed,
                ["never_finish_percent"] = chaos.Vanished / 2,
                ["lost_task_percent"] = chaos.Vanished / 2,
            },
            cancellationToken);
    }

    /// <summary>Starts a new phase every 20 s until cancelled. A phase is skipped if the provider cannot be reached.</summary>
    public async Task Turn(CancellationToken cancellationToken)
    {
        try
        {
            for (var phase = 1; ; phase++)
            {
                await Task.Delay(TimeSpan.FromSeconds(20), cancellationToken);
                try
                {
                    if (phase % 3 == 2 && run.Chaos.Unpaid > TimeSpan.Zero)
                    {
                        await Set(phase, cancellationToken, isUnpaid: true);
                        await Task.Delay(run.Chaos.Unpaid, cancellationToken);
                    }

                    await Set(phase, cancellationToken);
                }
                catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
                {
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    public void Dispose() => client.Dispose();

    private async Task Put(string emulator, Dictionary<string, object> faults, CancellationToken cancellationToken)
    {
        using var answer = await client.PutAsJsonAsync($"/emulators/{emulator}/_emulator/chaos", faults, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
