using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;

namespace Podcast.Batch.Reporting;

/// <summary>Where reports go: <c>--report-to</c>, with the token of <c>PODCAST_TOKEN</c> if there is one.</summary>
internal sealed class ReportAddress : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private readonly Guid run = Guid.CreateVersion7();
    private readonly HttpClient client;

    public ReportAddress(Uri api, IConfiguration configuration)
    {
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"{api.GetLeftPart(UriPartial.Path).TrimEnd('/')}/"),
            Timeout = TimeLimit,
        };
        if (configuration["PODCAST_TOKEN"] is { Length: > 0 } token)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Why an address cannot be reported to; null if it can.</summary>
    public static string? Problem(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "", Query: "" }
            ? null
            : "--report-to must be the address of Ingest.Api, such as https://podcast.example, without a user or a query.";

    /// <returns>Null if the report has arrived, else why not, for users.</returns>
    public async Task<string?> Send(RunReport report)
    {
        try
        {
            using var answer = await client.PutAsJsonAsync($"backlog-runs/{run}", report, RunReport.Json);
            return answer.IsSuccessStatusCode ? null : $"{client.BaseAddress!.Authority} answered {(int)answer.StatusCode}";
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return $"{client.BaseAddress!.Authority} does not answer";
        }
    }

    public void Dispose() => client.Dispose();
}
