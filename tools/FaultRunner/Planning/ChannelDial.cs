using Podcast.FaultRunner.Cli;

namespace Podcast.FaultRunner.Planning;

/// <summary>The faults of the channels' emulators in a phase, by the names of their dials.</summary>
internal static class ChannelDial
{
    public static Dictionary<string, object> Transistor(RunSettings run, int phase) => new()
    {
        ["seed"] = run.Seed + phase,
        ["server_error_percent"] = run.Channels.Refused, // its rate limit answers 429
        ["lost_answer_percent"] = run.Channels.Lost,
        ["slow_percent"] = run.Channels.Lost,
        ["slow_ms"] = phase % 2 == 0 ? 200 : 2000,
        ["processing_failure_percent"] = run.Channels.Unusable,
    };

    public static Dictionary<string, object> YouTube(RunSettings run, int phase) => new()
    {
        ["seed"] = run.Seed + phase,
        ["rate_limit_percent"] = run.Channels.Refused / 2,
        ["server_error_percent"] = run.Channels.Refused / 2,
        ["lost_answer_percent"] = run.Channels.Lost,
        ["session_conflict_percent"] = run.Channels.Refused,
        ["session_expiry_percent"] = run.Channels.Expired,
        ["expired_session_status"] = phase % 2 == 0 ? 404 : 410,
        ["forgotten_session_percent"] = run.Channels.Forgotten,
        ["partial_store_percent"] = run.Channels.Halved / 3,
        ["chunk_error_percent"] = run.Channels.Halved / 3,
        ["chunk_reset_percent"] = run.Channels.Halved / 3,
        ["swallow_captions_percent"] = run.Channels.Swallowed,
        ["processing_fail_percent"] = run.Channels.Unusable / 2,
        ["reject_percent"] = run.Channels.Unusable / 2,
    };
}
