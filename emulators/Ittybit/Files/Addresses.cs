using Microsoft.Extensions.Options;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Ittybit.Signatures;
using Podcast.Emulators.Ittybit.Tasks;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>The absolute URLs that the emulator hands out.</summary>
internal sealed class Addresses(IOptions<IttybitEmulatorOptions> options, UrlSignatures signatures, ChaosControl chaos, TimeProvider clock)
{
    public const string FilesHost = "/files-host/";

    /// <summary>Scheme and host under which the requester finds us.</summary>
    public Uri BaseOf(HttpRequest request) => options.Value.PublicUrl ?? new Uri($"{request.Scheme}://{request.Host}{request.PathBase}");

    /// <summary>The same for news of a task: a restart may have moved us since it was made.</summary>
    public Uri BaseOf(EmulatedTask task) => options.Value.PublicUrl ?? task.BaseUrl;

    /// <summary>Where a file is served; outputs are signed for a while when the dial says so.</summary>
    public Uri Of(StoredFile file, Uri baseUrl)
    {
        var url = Of(file.Path, baseUrl);
        if (chaos.Dial.OutputUrlSeconds == 0 || !file.IsOutput)
            return url;

        var expiry = clock.GetUtcNow().AddSeconds(chaos.Dial.OutputUrlSeconds).ToUnixTimeSeconds();
        return signatures.Sign(file.Path, expiry, "get").On(url);
    }

    public Uri Of(string path, Uri baseUrl) => new(
        baseUrl.AbsoluteUri.TrimEnd('/') + options.Value.Prefix + FilesHost + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));

    /// <summary>The path of the file that a task's source URL names, when it is one of ours.</summary>
    public string? SourcePathOf(EmulatedTask task)
    {
        var (url, root) = (task.SourceUrl!, Of("", task.BaseUrl));
        return url.Authority == root.Authority && url.AbsolutePath.StartsWith(root.AbsolutePath, StringComparison.Ordinal)
            ? Uri.UnescapeDataString(url.AbsolutePath[root.AbsolutePath.Length..])
            : null;
    }
}
