using Podcast.EndToEnd.Tests.Metrics;
using Podcast.Standalone;
using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

public sealed class In_one_process(In_one_process.Run run) : IClassFixture<In_one_process.Run>
{
    [Fact]
    public Task the_tutorials_walk_ends_processed() => run.Walked();

    /// <summary>Otherwise a panel stays empty, and an alert never comes.</summary>
    [Theory]
    [MemberData(nameof(Questions))]
    public async Task what_is_watched_is_exported(string where, string question, string text)
    {
        await run.Walked();

        PromQl.Objections(question, text, run.Metrics.Names).ShouldBeEmpty(where);
    }

    [Fact]
    public async Task every_alert_leads_to_a_page_of_the_console()
    {
        using var client = new HttpClient { BaseAddress = run.Address };
        foreach (var page in Watched.Pages())
        {
            using var answer = await client.GetAsync(new Uri(page, UriKind.Relative));
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, page);
        }
    }

    public static TheoryData<string, string, string> Questions
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var (where, question, text) in Watched.Dashboards().Concat(Watched.Alerts()))
                all.Add(where, question, text);
            return all;
        }
    }

    /// <summary>All services in this process, with one episode that goes through them.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private readonly TemporaryDirectory directory = new();
        private Microsoft.AspNetCore.Builder.WebApplication app = null!;
        private Task? walk;

        internal Uri Address { get; } = new($"http://127.0.0.1:{Standalone.Ports.Free()}");

        internal ExportedMetrics Metrics { get; } = new();

        public async Task InitializeAsync()
        {
            app = StandaloneHost.Build(
                Address, new DirectoryInfo(directory.Path), false,
                "--Emulators:Ittybit:Media=Simulated", "--Emulators:Ittybit:SimulatedTaskTime=00:00:00.200");
            await app.StartAsync();
        }

        public async Task DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
            Metrics.Dispose();
            directory.Dispose();
        }

        /// <summary>One episode, and a webhook that is not genuine.</summary>
        public Task Walked() => walk ??= Walk();

        private async Task Walk()
        {
            using var api = new HttpClient { BaseAddress = Address };
            await EndToEnd.Tests.Walk.Through(api);
            using var forged = await api.PostAsync("/webhooks/ittybit", new StringContent("{}"));
            Metrics.Collect();
        }
    }
}
