using System.Net;
using System.Text.RegularExpressions;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

/// <summary>By OpenID Connect; the API maps the provider's groups to our roles.</summary>
public sealed partial class When_a_provider_signs_in : IAsyncLifetime
{
    private readonly TemporaryDirectory data = new();
    private OpenIdProvider provider = null!;
    private Site site = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        provider = await OpenIdProvider.Start();
        var (port, issuer) = (Ports.Free()[0], provider.Address.ToString().TrimEnd('/'));
        site = await Site.Start(
            data, port, null,
            ("Auth:LocalUser", ""), ("Auth:RoleClaim", "groups"), ("Auth:RequireRole", "true"), ("Auth:OwnerClaim", "team"),
            ("Auth:Roles:staff", "operator"), ("Auth:Roles:guests", "viewer"),
            ("Console:LocalUser", "false"), ("Console:ApiAddress", $"http://127.0.0.1:{port}"),
            ("Console:OpenId:Authority", issuer), ("Console:OpenId:ClientId", "console"), ("Console:OpenId:ClientSecret", "secret"),
            ("Authentication:Schemes:Bearer:Authority", issuer), ("Authentication:Schemes:Bearer:ValidAudience", "podcast"),
            ("Authentication:Schemes:Bearer:RequireHttpsMetadata", "false"));
        client = new HttpClient { BaseAddress = site.Address };
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await site.DisposeAsync();
        await provider.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        data.Dispose();
    }

    [Fact]
    public async Task operator_is_let_in_and_out_of_both_places()
    {
        (await Get("/console/failures")).ShouldContain("Sign in with your account");

        var page = await SignIn("/console/failures");

        page.ShouldContain("Olga Operator (operator)");
        page.ShouldContain("Nothing has failed");
        var snapshot = Snapshots.Failed("Talk"); // of the team
        await site.Tell(snapshot);
        var path = $"/console/episodes/{snapshot.EpisodeId}";
        await Eventually.Holds(async () => (await client.GetAsync(Relative(path))).IsSuccessStatusCode, "the episode is stored");
        using var retried = await Post($"{path}/retry", await Get(path));
        await Eventually.Holds(() => site.Commands<RetryEpisode>() is [{ By: "olga" }], "it is retried in her name");
        using var left = await Post("/console/sign-out", page);
        left.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/console/sign-in");
        provider.WasSignedOut.ShouldBeTrue();
        (await Get("/console/failures")).ShouldNotContain("Olga");
    }

    [Fact]
    public async Task viewer_has_no_buttons_and_is_refused_by_the_server()
    {
        provider.Role = "guests";
        var snapshot = Snapshots.Failed("Talk");
        await site.Tell(snapshot);
        await SignIn("/console/episodes");
        var path = $"/console/episodes/{snapshot.EpisodeId}";
        await Eventually.Holds(async () => (await client.GetAsync(Relative(path))).IsSuccessStatusCode, "the episode is stored");

        var page = await Get(path);
        page.ShouldContain("Olga Operator (viewer)");
        page.ShouldContain("As a viewer you may look, but not act.");
        page.ShouldNotContain("do-retry");
        page.ShouldNotContain("/console/upload");
        using var refused = await Post($"{path}/retry", page);

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        site.Commands<RetryEpisode>().ShouldBeEmpty();
    }

    [Fact]
    public async Task nobody_without_a_role_is_let_in()
    {
        provider.Role = null;

        (await SignIn("/console/episodes")).ShouldContain("This token has none of the roles viewer, operator, admin.");

        (await Get("/console/episodes")).ShouldContain("Sign in with your account");
    }

    [Fact]
    public async Task token_is_renewed_once_for_all_before_it_ends()
    {
        provider.Lifetime = 30; // less than the time before its end when a new one is asked for
        await SignIn("/console/upload?x=1"); // renews it, as every request now does
        var before = provider.Refreshes;
        (provider.Lifetime, provider.Role) = (3600, "guests");

        var pages = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Get("/console/failures")));

        pages.ShouldAllBe(page => page.Contains("Olga Operator (viewer)", StringComparison.Ordinal));
        (provider.Refreshes - before).ShouldBe(1);
    }

    [Fact]
    public async Task refusal_of_the_provider_is_told_as_text()
    {
        provider.Error = "<b>Ask</b> your administrator.";

        using var refused = await client.GetAsync(Relative("/console/sign-in/provider"));

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        refused.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self'; ");
        var page = await refused.Content.ReadAsStringAsync();
        page.ShouldContain("The sign-in provider did not let you in.");
        page.ShouldContain("&lt;b&gt;Ask&lt;/b&gt; your administrator.");
    }

    [Fact]
    public async Task provider_that_is_away_is_told_in_words()
    {
        await provider.DisposeAsync();

        using var answer = await client.GetAsync(Relative("/console/sign-in/provider"));

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("The sign-in provider does not answer.");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/console/")]
    [InlineData("/console/../../evil")]
    public async Task nobody_is_led_to_another_site(string back)
    {
        using var answer = await client.GetAsync(Relative($"/console/sign-in/provider?back={Uri.EscapeDataString(back)}"));

        answer.RequestMessage!.RequestUri!.Authority.ShouldBe(site.Address.Authority);
        answer.RequestMessage.RequestUri.AbsolutePath.ShouldNotContain("evil.example");
    }

    private async Task<string> SignIn(string back) => await Get($"/console/sign-in/provider?back={Uri.EscapeDataString(back)}");

    private async Task<string> Get(string path)
    {
        using var answer = await client.GetAsync(Relative(path));
        return await answer.Content.ReadAsStringAsync();
    }

    private Task<HttpResponseMessage> Post(string path, string page) => client.PostAsync(Relative(path), new FormUrlEncodedContent(
        [KeyValuePair.Create("__RequestVerificationToken", FormToken().Match(page).Groups["token"].Value)]));

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]+)""")]
    private static partial Regex FormToken();
}
