using System.Net;
using System.Text;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Transistor;

namespace Podcast.FaultRunner.BuiltIn;

/// <summary>Answers every list of drafts and of uploads in the channel's place: there are none.</summary>
internal sealed class NoSearch : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method == HttpMethod.Get && path.EndsWith("/playlistItems", StringComparison.Ordinal))
            return Answer("""{"items":[]}""");
        return request.Method == HttpMethod.Get && path.EndsWith("/v1/episodes", StringComparison.Ordinal)
            ? Answer("""{"data":[]}""")
            : base.SendAsync(request, cancellationToken);
    }

    private static Task<HttpResponseMessage> Answer(string json) => Task.FromResult(
        new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
}

internal static class NoSearchSetup
{
    private static readonly string[] clients = [TransistorClient.Name, "youtube"];

    public static void FindNothing(this IBusRegistrationConfigurator bus)
    {
        foreach (var client in clients)
            bus.AddHttpClient(client).AddHttpMessageHandler(() => new NoSearch());
    }
}
