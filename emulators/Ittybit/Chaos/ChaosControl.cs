using System.Text.Json;
using System.Text.Json.Serialization;
using Podcast.Emulators.Ittybit.State;
using Podcast.Emulators.Ittybit.Tasks;

namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>The dial as it is set; it outlives the process. Setting it starts the counting of tasks and requests anew.</summary>
internal sealed class ChaosControl
{
    /// <summary>The dial's JSON: a wrong name is an error, not a dial that stays off.</summary>
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

    /// <summary>The luck of the next request.</summary>
    public Dice NextRequest() => setting.NextRequest();

    /// <summary>The luck of the task that will be made next.</summary>
    public Dice NextTask() => OfTask(tasks.LastNumber() + 1);

    /// <summary>The luck of a task, by <see cref="EmulatedTask.Number"/>.</summary>
    public Dice OfTask(long number) => setting is var now ? new Dice(now.Dial.Seed, "task", number - now.TasksBefore) : default;

    private sealed record Setting(ChaosDial Dial, long TasksBefore)
    {
        private long requests;

        public Dice NextRequest() => new(Dial.Seed, "request", Interlocked.Increment(ref requests));
    }
}
