using Podcast.Emulators.Ittybit.Signatures;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>Makes the absolute URLs in answers and webhooks.</summary>
internal sealed class Addresses(IOptions<IttybitEmulatorOptions> options, UrlSignatures signatures, ChaosControl chaos, TimeProvider clock)
{
    public const string FilesHost = "/files-host/";

    /// <summary>Scheme and host under which the client of the request reaches the emulator.</summary>
    public Uri BaseOf(HttpRequest request) => options.Value.PublicUrl ?? new Uri($"{request.Scheme}://{request.Host}{request.PathBase}");

    /// <summary>
    /// Scheme and host for webhooks of a task. The public URL has priority, because the emulator may have moved since the task
    /// was created.
    /// </summary>
    public Uri BaseOf(EmulatedTask task) => options.Value.PublicUrl ?? task.BaseUrl;

    /// <summary>The URL of a file; output URLs are signed and expire if the dial says so.</summary>
    public Uri Of(StoredFile file, Uri baseUrl)
    {
        var url = Of(file.Path, baseUrl);
        if (chaos.Dial.OutputUrlSeconds == 0 || !file.IsOutput)
            return url;

        var expiry = clock.GetUtcNow().AddSeconds(chaos.Dial.OutputUrlSeconds).ToUnixTimeSeconds();
        return signatures.Sign(file.Path, expiry, "get").On(url);
    }

    public Uri Of(string path, Uri baseUrl)
    {
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        return new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + options.Value.Prefix + FilesHost + escaped);
    }

    /// <summary>The path of the stored file that the source URL of a task points to; null if it points to another host.</summary>
    public string? SourcePathOf(EmulatedTask task)
    {
        var (url, root) = (task.SourceUrl!, Of("", task.BaseUrl));
        return url.Authority == root.Authority && url.AbsolutePath.StartsWith(root.AbsolutePath, StringComparison.Ordinal)
            ? Uri.UnescapeDataString(url.AbsolutePath[root.AbsolutePath.Length..])
            : null;
    }
}
