namespace Podcast.Emulators.Ittybit.State;

/// <summary>Named values that survive a restart.</summary>
internal sealed class Settings(StateFile state)
{
    public string? Find(string name) => state.Read(db =>
        db.QuerySingleOrDefault<string>("SELECT value FROM settings WHERE name = @name", new { name }));

    public void Save(string name, string value) => state.Change(db =>
        db.Execute("INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value", new { name, value }));

    /// <summary>A random key, which is generated at the first call and then kept.</summary>
    public string Key(string name) => state.Change(_ =>
    {
        var key = Find(name) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Save(name, key);
        return key;
    });
}
