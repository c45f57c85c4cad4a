using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

/// <summary>Without a local user: with a token that the API accepts. What it may do, the API decides.</summary>
public sealed partial class When_a_viewer_signs_in : IAsyncLifetime
{
    private readonly TemporaryDirectory data = new();
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private Site site = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        var port = Ports.Free()[0];
        site = await Site.Start(
            data, port, null,
            ("Auth:LocalUser", ""), ("Console:LocalUser", "false"), ("Console:ApiAddress", $"http://127.0.0.1:{port}"),
            ("Authentication:Schemes:Bearer:ValidIssuer", "tests"), ("Authentication:Schemes:Bearer:ValidAudience", "podcast"),
            ("Authentication:Schemes:Bearer:SigningKeys:0:Issuer", "tests"),
            ("Authentication:Schemes:Bearer:SigningKeys:0:Value", Convert.ToBase64String(key)));
        client = new HttpClient { BaseAddress = site.Address };
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await site.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        data.Dispose();
    }

    [Fact]
    public async Task a_viewer_sees_the_pages_and_is_refused_an_action()
    {
        var snapshot = Snapshots.Failed("Talk");
        await site.Tell(snapshot);
        await SignIn(Token("viewer"));
        var path = $"/console/episodes/{snapshot.EpisodeId}";
        await Eventually.Holds(async () => (await client.GetAsync(Relative(path))).IsSuccessStatusCode, "the episode is stored");

        using var refused = await Post($"{path}/retry", await client.GetStringAsync(Relative(path)));

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("The role viewer may look, but not act.");
        site.Commands<RetryEpisode>().ShouldBeEmpty();
    }

    [Fact]
    public async Task an_owner_may_act()
    {
        var snapshot = Snapshots.Failed("Talk");
        await site.Tell(snapshot);
        await SignIn(Token(null));
        var path = $"/console/episodes/{snapshot.EpisodeId}";
        await Eventually.Holds(async () => (await client.GetAsync(Relative(path))).IsSuccessStatusCode, "the episode is stored");

        using var accepted = await Post($"{path}/retry", await client.GetStringAsync(Relative(path)));

        (await accepted.Content.ReadAsStringAsync()).ShouldContain("Retry: asked for.");
        await Eventually.Holds(() => site.Commands<RetryEpisode>().Count == 1, "it is retried");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("two words\nand a line")]
    public async Task a_token_of_nobody_is_refused(string token)
    {
        using var refused = await SignIn(token);

        refused.IsSuccessStatusCode.ShouldBeFalse();
        (await refused.Content.ReadAsStringAsync()).ShouldContain("does not accept this token");
    }

    private async Task<HttpResponseMessage> SignIn(string token) =>
        await Post("/console/sign-in", await client.GetStringAsync(Relative("/console/sign-in")), ("token", token));

    private Task<HttpResponseMessage> Post(string path, string page, params IEnumerable<(string Name, string Value)> fields) =>
        client.PostAsync(Relative(path), new FormUrlEncodedContent(
            fields.Append((Name: "__RequestVerificationToken", Value: FormToken().Match(page).Groups["token"].Value))
                .Select(field => KeyValuePair.Create(field.Name, field.Value))));

    private string Token(string? role) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "tests",
        Audience = "podcast",
        Subject = new ClaimsIdentity([new Claim("sub", "local"), .. role is null ? Array.Empty<Claim>() : [new Claim("role", role)]]),
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256),
    });

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]+)""")]
    private static partial Regex FormToken();
}
