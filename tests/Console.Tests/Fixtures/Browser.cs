using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests.Fixtures;

/// <summary>A test that needs Debian's chromium; <c>./test.sh</c> installs it.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public const string Chromium = "/usr/bin/chromium";

    public BrowserFactAttribute() => Skip = File.Exists(Chromium) ? null : $"There is no {Chromium}: apt-get install chromium.";
}

/// <summary>The same for a theory.</summary>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = new BrowserFactAttribute().Skip;
}

/// <summary>One site and one browser for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private readonly TemporaryDirectory data = new();
    private BrokerStub? broker;
    private IPlaywright? playwright;
    private IBrowser? chromium;

    internal Site Site { get; private set; } = null!;

    /// <summary>What the retried episode becomes; the test is the orchestrator.</summary>
    internal Func<RetryEpisode, EpisodeChanged>? Retried { get; set; }

    public async Task InitializeAsync()
    {
        broker = await BrokerStub.Start();
        Site = await Site.Start(
            data, onCommand: (site, retry) => Retried is { } answer ? site.Tell(answer(retry)) : Task.CompletedTask,
            settings: ("Queues:Management", broker.Address));
        if (!File.Exists(BrowserFactAttribute.Chromium))
            return;

        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = BrowserFactAttribute.Chromium,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
        await Site.DisposeAsync();
        if (broker is not null)
            await broker.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        data.Dispose();
    }

    /// <summary>A page of a new visitor.</summary>
    internal async Task<IPage> Open(
        string path, bool dark = false, bool phone = false, bool scripts = true, Uri? site = null)
    {
        var visitor = await chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (site ?? Site.Address).ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = scripts,
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1000, Height = 640 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        visitor.SetDefaultTimeout(60_000); // only a failing test waits so long
        Assertions.SetDefaultExpectTimeout(60_000);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Waits until the page is connected to the stream of changes.</summary>
    internal static Task IsLive(IPage page) => Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("Live");

    /// <summary>What axe finds that keeps people from using the page.</summary>
    internal static async Task<string[]> Barriers(IPage page) =>
        [.. (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")];
}

[CollectionDefinition(Name)]
public sealed class InTheBrowser : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}
