using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Podcast.Outbox;

/// <summary>The outboxes that people can see from here: those of this process, and those of the other services that are set.</summary>
public sealed class OutboxDesks
{
    /// <summary>The name of the HTTP client.</summary>
    internal const string Client = "outbox-desks";

    /// <summary>Gives access to the outboxes of this process, and to the others that the options name.</summary>
    public OutboxDesks(IEnumerable<IOutboxDesk> own, IHttpClientFactory clients, IOptions<OutboxDeskOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var others = options.Value is { Key.Length: > 0 } open
            ? open.Others.Select(other => new RemoteDesk(other.Key, other.Value, open, clients))
            : [];
        All = [.. own, .. others.OrderBy(desk => desk.Name, StringComparer.Ordinal)];
    }

    /// <summary>Those of this process first.</summary>
    public IReadOnlyList<IOutboxDesk> All { get; }

    private sealed class RemoteDesk(string name, Uri address, OutboxDeskOptions options, IHttpClientFactory clients) : IOutboxDesk
    {
        public string Name => name;

        public async Task<OutboxLook> Look(int most, CancellationToken cancellationToken)
        {
            try
            {
                using var client = Open();
                return (await client.GetFromJsonAsync<OutboxLook>($"{Relative}?most={most}", cancellationToken))!;
            }
            catch (Exception trouble) when (
                !cancellationToken.IsCancellationRequested
                && trouble is HttpRequestException or JsonException or OperationCanceledException)
            {
                return new OutboxLook(null, 0, [], trouble is HttpRequestException { StatusCode: { } status }
                    ? $"{address.Authority} answered {(int)status}."
                    : $"{address.Authority} does not answer.");
            }
        }

        public async Task<bool> SendAgain(long id, CancellationToken cancellationToken)
        {
            using var client = Open();
            using var answer = await client.PostAsync(new Uri($"{Relative}/{id}/send", UriKind.Relative), null, cancellationToken);
            return answer.StatusCode != HttpStatusCode.NotFound && answer.EnsureSuccessStatusCode().IsSuccessStatusCode;
        }

        private string Relative => $"{DeskEndpoints.Path.TrimStart('/')}/{Uri.EscapeDataString(name)}";

        private HttpClient Open()
        {
            var client = clients.CreateClient(Client);
            (client.BaseAddress, client.Timeout) = (new Uri($"{address.ToString().TrimEnd('/')}/"), options.Timeout);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
            return client;
        }
    }
}
