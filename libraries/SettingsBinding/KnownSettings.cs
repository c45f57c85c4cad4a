namespace Podcast.SettingsBinding;

/// <summary>What is read from one section, by one options type.</summary>
internal sealed record KnownSettings(
    string Section, string Name, Type Options, IReadOnlyList<Setting> Settings, IReadOnlyList<string> Variables)
{
    public bool IsSameAs(KnownSettings other) => (Section, Name, Options) == (other.Section, other.Name, other.Options);
}
