using System.Buffers.Binary;
using System.Text.Json.Serialization;

namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>Holds the dial, which survives a restart. Setting it restarts the numbering of tasks and requests.</summary>
internal sealed class ChaosControl
{
    /// <summary>
    /// The JSON format of the dial. An unknown name is an error, because ignoring it would leave the fault off.
    /// </summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    private readonly StateFile state;
    private readonly TaskStore tasks;
    private volatile Setting setting;

    public ChaosControl(StateFile state, TaskStore tasks)
    {
        this.state = state;
        this.tasks = tasks;
        setting = state.Setting("chaos") is { } kept
            ? JsonSerializer.Deserialize<Setting>(kept, Json)!
            : new Setting(new ChaosDial(), TasksBefore: 0);
    }

    public ChaosDial Dial
    {
        get => setting.Dial;
        set
        {
            var next = new Setting(value, tasks.LastNumber());
            state.SaveSetting("chaos", JsonSerializer.Serialize(next, Json));
            setting = next;
        }
    }

    public Dice NextRequest() => setting.NextRequest();

    /// <summary>The dice of the next task to be created.</summary>
    public Dice NextTask() => OfTask(tasks.LastNumber() + 1);

    /// <summary>The dice of the task with that <see cref="EmulatedTask.Number"/>.</summary>
    public Dice OfTask(long number) => setting.OfTask(number);

    private sealed record Setting(ChaosDial Dial, long TasksBefore)
    {
        private long requests;

        public Dice NextRequest() => new(Dial.Seed, "request", Interlocked.Increment(ref requests));

        public Dice OfTask(long number) => new(Dial.Seed, "task", number - TasksBefore);
    }
}

/// <summary>
/// Pseudo-random decisions about one task or request. They depend only on the seed, the number of the task or request and the
/// name of the fault, not on threads or time.
/// </summary>
internal readonly record struct Dice(int Seed, string About, long Ordinal)
{
    /// <summary>Whether a fault with that share applies.</summary>
    public bool Hit(double percent, string fault) => percent > 0 && Throw(fault) < percent;

    /// <summary>A number from 0 (inclusive) to 100 (exclusive).</summary>
    public double Throw(string fault)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}/{About}/{Ordinal}/{fault}"), hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash) * (100.0 / (uint.MaxValue + 1.0));
    }
}
