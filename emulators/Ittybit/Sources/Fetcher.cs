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

    /// <summary>The path of the fetched file.</summary>
    /// <exception cref="TaskProblem">It could not be fetched.</exception>
    public async Task<string> Fetch(Uri url, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.GetAsync(VerbatimUri.ForRequest(url), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)answer.StatusCode;
            if (!answer.IsSuccessStatusCode)
                throw new TaskProblem($"{(status < 500 ? "invalid_input" : "source_unavailable")}: the source answered {status}.");

            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            return await intake.Receive(body, limit.Token) ?? throw new TaskProblem("invalid_input: the source is too big.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TaskProblem("source_unavailable: the source could not be fetched.");
        }
    }
}

/// <summary>Makes a task fail; the message becomes the <c>error</c> of the task.</summary>
internal sealed class TaskProblem(string error) : Exception(error);
