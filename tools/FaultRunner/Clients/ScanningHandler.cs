using Podcast.FaultRunner.Secrets;

namespace Podcast.FaultRunner.Clients;

/// <summary>Passes every HTTP response to the scanner.</summary>
internal sealed class ScanningHandler(Scanner scanner) : DelegatingHandler(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        scanner.Answer($"the answer to {request.Method} {request.RequestUri?.AbsolutePath}", $"{answer.Headers}{answer.Content.Headers}", body);
        return answer;
    }
}
