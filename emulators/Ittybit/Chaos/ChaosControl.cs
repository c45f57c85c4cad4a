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

    private readonly Settings settings;
    private readonly TaskStore tasks;
    private volatile Setting setting;

    public ChaosControl(Settings settings, TaskStore tasks)
    {
        this.settings = settings;
        this.tasks = tasks;
        setting = settings.Find("chaos") is { } kept
            ? JsonSerializer.Deserialize<Setting>(kept, Json)!
            : new Setting(new ChaosDial(), TasksBefore: 0);
    }

    public ChaosDial Dial => setting.Dial;

    public void Set(ChaosDial dial)
    {
        var next = new Setting(dial, tasks.LastNumber());
        settings.Save("chaos", JsonSerializer.Serialize(next, Json));
        setting = next;
    }

    /// <summary>The dice of the next request.</summary>
    public Dice NextRequest() => setting.NextRequest();

    /// <summary>The dice of the next task to be created.</summary>
    public Dice NextTask() => OfTask(tasks.LastNumber() + 1);

    /// <summary>The dice of the task with that <see cref="EmulatedTask.Number"/>.</summary>
    public Dice OfTask(long number) => setting is var now ? new Dice(now.Dial.Seed, "task", number - now.TasksBefore) : default;

    private sealed record Setting(ChaosDial Dial, long TasksBefore)
    {
        private long requests;

        public Dice NextRequest() => new(Dial.Seed, "request", Interlocked.Increment(ref requests));
    }
}
