namespace Podcast.Emulators.Transistor;

/// <summary>The addresses that the emulator gives out.</summary>
internal sealed class TransistorAddresses(IOptions<TransistorEmulatorOptions> options)
{
    /// <summary>The address below which the emulator is reached, without a slash at its end.</summary>
    public string Base(HttpRequest request) =>
        (options.Value.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}") + options.Value.Prefix;
}
