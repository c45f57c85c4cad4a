namespace Podcast.Emulators.Ittybit.Kinds;

/// <summary>The task kinds that the emulator supports, five of Ittybit's fifteen.</summary>
internal sealed class TaskKinds
{
    private readonly Lazy<Task<IReadOnlyDictionary<string, string?>>> obstacles;

    public TaskKinds(IEnumerable<TaskKind> kinds, IOptions<IttybitEmulatorOptions> options)
    {
        All = [.. kinds];
        obstacles = new(() => Detect(options.Value.Media == MediaWorkMode.Simulated));
    }

    public IReadOnlyList<TaskKind> All { get; }

    public string Names => string.Join(", ", All.Select(kind => kind.Name));

    /// <summary>The reason why each kind is simulated, detected at the first use; null if the real tools are used.</summary>
    public Task<IReadOnlyDictionary<string, string?>> Obstacles => obstacles.Value;

    public TaskKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    public async Task<WorkLane> LaneOf(string kind) => (await Obstacles)[kind] is null ? WorkLane.Real : WorkLane.Simulated;

    private async Task<IReadOnlyDictionary<string, string?>> Detect(bool isSimulated)
    {
        var found = await Task.WhenAll(All.Select(async kind =>
            KeyValuePair.Create(kind.Name, isSimulated ? "the option Media says so" : await kind.Obstacle())));
        return found.ToDictionary();
    }
}
