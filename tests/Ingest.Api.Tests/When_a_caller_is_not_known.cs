using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Podcast.Hosting;
using Podcast.Ingest.Api.Data;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_caller_is_not_known(IngestHost host) : IClassFixture<IngestHost>
{
    public static TheoryData<string, string> BadTokens => new()
    {
        { "other key", Tokens.Of("ann", signedWith: RandomNumberGenerator.GetBytes(32)) },
        { "other issuer", Tokens.Of("ann", issuer: "somebody") },
        { "other audience", Tokens.Of("ann", audience: "another-service") },
        { "expired", Tokens.Of("ann", lifetime: TimeSpan.FromHours(-1)) },
        { "unsigned", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4iLCJpc3MiOiJ0ZXN0cyIsImF1ZCI6InBvZGNhc3QiLCJleHAiOjk5OTk5OTk5OTl9." },
        { "no token at all", "nonsense" },
    };

    [Fact]
    public async Task a_viewer_may_look_but_not_act()
    {
        var client = host.ClientOf("ann", role: "viewer");

        await client.Get("/episodes");
        using var refused = await client.Post($"/episodes/{Guid.NewGuid()}/cancel");

        var problem = await refused.Problem(HttpStatusCode.Forbidden);
        ((string)problem["detail"]!).ShouldBe("The role viewer may look, but not act.");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("viewer", false)]
    [InlineData("operator", true)]
    [InlineData("admin", true)]
    public async Task token_is_told_whose_it_is_and_what_it_may_do(string? role, bool mayAct)
    {
        var me = await host.ClientOf("ann", role: role).Get("/me");

        ((string?)me["owner"], (bool?)me["may_act"]).ShouldBe(("ann", mayAct));
        me["roles"]!.AsArray().Select(one => (string?)one).ShouldBe(role is null ? [] : [role]);
    }

    [Theory]
    [InlineData("GET", "/me")]
    [InlineData("GET", "/episodes")]
    [InlineData("GET", "/episodes/9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a")]
    [InlineData("GET", "/episodes/9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a/history")]
    [InlineData("GET", "/episodes/9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a/transcript")]
    [InlineData("GET", "/lanes")]
    [InlineData("GET", "/lanes/ittybit")]
    [InlineData("POST", "/lanes/ittybit/resume")]
    [InlineData("POST", "/episodes")]
    [InlineData("POST", "/episodes/prepare-upload")]
    [InlineData("POST", "/episodes/9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a/confirm-upload")]
    [InlineData("POST", "/episodes/9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a/retry")]
    [InlineData("POST", "/episodes/9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a/cancel")]
    [InlineData("POST", "/episodes/9b1f4c4e-5e8a-4f0f-8e3a-7c2b9d3f1e2a/resume")]
    public async Task every_door_is_closed_without_a_token(string method, string path)
    {
        var client = host.Anonymous();
        using var response = method == "POST" ? await client.Post(path, "{}") : await client.GetAsync(new Uri(path, UriKind.Relative));

        await response.Problem(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
    }

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task a_bad_token_is_a_401(string why, string token)
    {
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var response = await client.GetAsync(new Uri("/episodes", UriKind.Relative));

        await response.Problem(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token", customMessage: why);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task a_token_of_nobody_is_a_403(string? sub)
    {
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.Of(sub));

        await (await client.GetAsync(new Uri("/episodes", UriKind.Relative))).Problem(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("ali\0ce", 1)]
    [InlineData(" ", 1)]
    [InlineData("o", 256)]
    public async Task a_token_of_nobody_that_an_episode_can_belong_to_is_a_403(string sub, int times)
    {
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", Tokens.Of(string.Concat(Enumerable.Repeat(sub, times))));

        using var response = await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" });

        await response.Problem(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost:5080", null, null, true)]
    [InlineData("::1", "[::1]:5080", null, null, true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", null, null, true)]
    [InlineData("127.0.0.1", "localhost:5080", "Origin", "http://localhost:5080", true)]
    [InlineData("10.0.0.7", "localhost:5080", null, null, false)]
    [InlineData(null, "localhost:5080", null, null, false)]
    [InlineData("127.0.0.1", "podcast.example.com", null, null, false)]
    [InlineData("127.0.0.1", "rebound.example.com:5080", null, null, false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", "203.0.113.9", false)]
    [InlineData("127.0.0.1", "localhost", "Forwarded", "for=203.0.113.9", false)]
    [InlineData("127.0.0.1", "localhost:5080", "Origin", "https://evil.example.com", false)]
    [InlineData("127.0.0.1", "localhost:5080", "Origin", "null", false)]
    [InlineData("127.0.0.1", "localhost:5080", "Sec-Fetch-Site", "cross-site", false)]
    public void only_a_person_at_this_computer_is_the_local_user(string? from, string to, string? header, string? value, bool expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(to);
        if (header is not null)
            context.Request.Headers[header] = value;

        LocalRequests.IsFromThisComputer(context.Request).ShouldBe(expected);
    }
}

public sealed class When_a_local_user_is_set : IAsyncLifetime
{
    private readonly IngestHost host = new IngestHost().With("Auth:LocalUser", "me");

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task requests_of_this_computer_are_theirs_and_tokens_still_count()
    {
        var local = host.Anonymous();
        await (await local.Post("/episodes", new { url = "https://example.com/a.mp4", title = "Mine" })).Answer(HttpStatusCode.Accepted);

        (await host.ClientOf("me").Get("/episodes"))["episodes"]!.AsArray().Count.ShouldBe(1);
        (await host.ClientOf("ann").Get("/episodes"))["episodes"]!.AsArray().ShouldBeEmpty();

        local.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");
        await (await local.GetAsync(new Uri("/episodes", UriKind.Relative))).Problem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_page_of_another_site_is_not_theirs()
    {
        var local = host.Anonymous();
        local.DefaultRequestHeaders.Add("Origin", "https://evil.example.com");

        await (await local.Post($"/episodes/{Guid.NewGuid()}/cancel")).Problem(HttpStatusCode.Unauthorized);
    }
}

public sealed class When_nobody_could_come_in
{
    [Theory]
    [InlineData("Authentication:Schemes:Bearer:SigningKeys:0:Value", "Authentication:Schemes:Bearer:Authority")]
    [InlineData("Authentication:Schemes:Bearer:ValidAudience", "Authentication:Schemes:Bearer:ValidAudience")]
    [InlineData("Authentication:Schemes:Bearer:ValidIssuer", "Authentication:Schemes:Bearer:")]
    public async Task the_service_does_not_start_and_names_the_setting(string missing, string named)
    {
        var settings = new Dictionary<string, string>
        {
            ["Authentication:Schemes:Bearer:ValidIssuer"] = "tests",
            ["Authentication:Schemes:Bearer:ValidAudience"] = "podcast",
            ["Authentication:Schemes:Bearer:SigningKeys:0:Issuer"] = "tests",
            ["Authentication:Schemes:Bearer:SigningKeys:0:Value"] = Convert.ToBase64String(new byte[32]),
            ["Ittybit:ApiKey"] = "key",
        };
        settings.Remove(missing);
        if (missing.EndsWith("Value", StringComparison.Ordinal))
            settings.Remove("Authentication:Schemes:Bearer:SigningKeys:0:Issuer");
        using var directory = new TemporaryDirectory();
        var start = new ProcessStartInfo("dotnet", [typeof(IngestDb).Assembly.Location]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["Data__Directory"] = directory.Path;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        using var service = Process.Start(start)!;
        var output = service.StandardOutput.ReadToEndAsync();
        var error = await service.StandardError.ReadToEndAsync();
        await service.WaitForExitAsync();

        service.ExitCode.ShouldBe(1, await output);
        error.Replace("__", ":", StringComparison.Ordinal).ShouldContain(named);
        error.Trim().ShouldNotContain('\n');
    }

    [Fact]
    public async Task a_local_user_alone_is_enough_and_takes_no_tokens()
    {
        var host = new IngestHost()
            .With("Auth:LocalUser", "me")
            .With("Authentication:Schemes:Bearer:SigningKeys:0:Value", null)
            .With("Authentication:Schemes:Bearer:SigningKeys:0:Issuer", null);
        try
        {
            await host.InitializeAsync();
            (await host.Anonymous().Get("/episodes"))["episodes"]!.AsArray().ShouldBeEmpty();
            await (await host.ClientOf("ann").GetAsync(new Uri("/episodes", UriKind.Relative))).Problem(HttpStatusCode.Unauthorized);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }
}
