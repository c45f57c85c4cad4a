using System.Diagnostics.CodeAnalysis;
using Podcast.Hosting;

namespace Podcast.Emulators.Ittybit.Sources;

/// <summary>
/// Fetches sources over http and https. All addresses are allowed, because the emulator runs on a developer's machine.
/// </summary>
internal sealed class Fetcher(IHttpClientFactory clients, Intake intake)
{
    public const string Client = "ittybit-emulator-sources";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    public static bool TryReadUrl(string? text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url.Host.Length > 0;

    public async Task<Fetched> Fetch(Uri url, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.GetAsync(VerbatimUri.ForRequest(url), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!answer.IsSuccessStatusCode)
                return new Fetched(null, $"{((int)answer.StatusCode < 500 ? "invalid_input" : "source_unavailable")}: the source answered {(int)answer.StatusCode}.");

            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            return await intake.Receive(body, limit.Token) is { } path ? new Fetched(path, null) : new Fetched(null, "invalid_input: the source is too big.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Fetched(null, "source_unavailable: the source could not be fetched.");
        }
    }
}

/// <summary>The path of the fetched file, or the reason why it could not be fetched.</summary>
internal sealed record Fetched(string? Path, string? Problem);
