using System.Text;

namespace Podcast.Publishing.Tests.Accounts;

/// <summary>Reads what the command prints, and opens the consent screen in a browser.</summary>
internal sealed class Person : TextWriter
{
    private static readonly HttpClient browser = new();

    private readonly StringBuilder read = new();

    public override Encoding Encoding => Encoding.UTF8;

    public StringWriter Errors { get; } = new();

    /// <summary>The address of the consent screen.</summary>
    public Uri? Screen { get; private set; }

    public override void WriteLine(string? value)
    {
        lock (read)
            read.AppendLine(value);
        if (value?.Contains("/o/oauth2/v2/auth?", StringComparison.Ordinal) == true)
            _ = browser.GetAsync(Screen = new Uri(value.Trim())); // the emulator consents, and sends the browser to our port
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Write(char value)
    {
        lock (read)
            read.Append(value);
    }

    public override string ToString()
    {
        lock (read)
            return read.ToString();
    }
}
