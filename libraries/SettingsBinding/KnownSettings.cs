namespace Podcast.SettingsBinding;

/// <summary>The settings that one options type reads from one section.</summary>
internal sealed record KnownSettings(
    string Section, string Name, Type Options, IReadOnlyList<Setting> Settings, IReadOnlyList<string> Variables)
{
    public bool IsSameAs(KnownSettings other) => (Section, Name, Options) == (other.Section, other.Name, other.Options);
}
