using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Podcast.OperatorsConsole.Pages;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

[Collection(InTheBrowser.Name)]
public sealed class When_somebody_else_asks(Browser browser)
{
    /// <summary>From https://www.npmjs.com/package/htmx.org, version 4.0.1.</summary>
    [Theory]
    [InlineData("htmx-4.0.1.min.js", "Qp9rdC8H7EqOoX+nR0P3RPG2Noji+qdwJlGpfzwQJsfOpp3sGwIdSP9xO3+UlEhn")]
    [InlineData("hx-sse-4.0.1.min.js", "v8HvucQ+ohQhMg0arboXc5049yNR46QKMjphs7YDch+Wm7zpfK5XVS01f26mQDJV")]
    public async Task scripts_of_others_are_those_that_were_looked_at(string name, string hash)
    {
        using var client = new HttpClient { BaseAddress = browser.Site.Address };
        var script = await client.GetByteArrayAsync(new Uri($"/console/assets/{name}", UriKind.Relative));
        var page = await client.GetStringAsync(new Uri("/console/episodes", UriKind.Relative));

        Convert.ToBase64String(SHA384.HashData(script)).ShouldBe(hash);
        WebUtility.HtmlDecode(page).ShouldContain($"integrity=\"sha384-{hash}\"");
    }

    [Fact]
    public async Task every_page_forbids_what_is_not_ours()
    {
        using var client = new HttpClient { BaseAddress = browser.Site.Address };
        string[] paths =
        [
            "/", "/console/episodes", "/console/failures", "/console/system", "/console/upload", "/console/queues/episode_error",
            $"/console/episodes/{Guid.NewGuid()}",
        ];
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self'; ");
            var html = await answer.Content.ReadAsStringAsync();
            html.ShouldNotContain("style=\"");
            html.ShouldNotContain("<style");
            html.ShouldNotMatch("<script(?![^>]* src=)");
            html.ShouldNotMatch(" on[a-z]+=\"");
        }
    }

    [Fact]
    public async Task a_form_of_another_site_is_refused()
    {
        using var client = new HttpClient { BaseAddress = browser.Site.Address };
        using var form = new FormUrlEncodedContent([new("why", "no reason")]);

        using var answer = await client.PostAsync(new Uri($"/console/episodes/{Guid.NewGuid()}/cancel", UriKind.Relative), form);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("too old to be sent");
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task local_user_is_only_who_works_here(string header, string value)
    {
        using var client = new HttpClient { BaseAddress = browser.Site.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var answer = await client.GetAsync(new Uri("/console/episodes", UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task without_a_local_user_one_has_to_sign_in()
    {
        using var data = new TemporaryDirectory();
        await using var site = await Site.Start(
            data, settings: [("Console:LocalUser", "false"), ("Console:ApiAddress", browser.Site.Address.ToString())]);
        using var client = new HttpClient { BaseAddress = site.Address };

        using var answer = await client.GetAsync(new Uri("/console/failures", UriKind.Relative));

        answer.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe("/console/sign-in?back=%2Fconsole%2Ffailures");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Access token");
    }

    [Theory]
    [InlineData("https://you.ittybit.net/e/a.mp4?signature=s", true)]
    [InlineData("http://emulators.localhost:5082/files", true)]
    [InlineData("http://you.ittybit.net/e/a.mp4", false)]
    [InlineData("https://ittybit.net.evil.example/", false)]
    [InlineData("https://evilittybit.net/", false)]
    [InlineData("https://ittybit.net/", false)]
    [InlineData("http://emulators.localhost/", false)]
    public void uploads_go_only_where_the_policy_lets_them(string address, bool isAllowed) =>
        UploadTarget.IsAllowed("https://*.ittybit.net http://emulators.localhost:5082", new Uri(address)).ShouldBe(isAllowed);

    [Fact]
    public async Task upload_page_may_connect_only_to_ittybit()
    {
        using var client = new HttpClient { BaseAddress = browser.Site.Address };

        using var answer = await client.GetAsync(new Uri("/console/upload", UriKind.Relative));

        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("; connect-src 'self' https://*.ittybit.net");
    }

    /// <summary>The API is asked once for all who look, and each row is rendered once.</summary>
    [Fact]
    public async Task page_that_stays_open_counts_100_new_episodes()
    {
        var id = Guid.NewGuid();
        await browser.Site.Have(Snapshots.Working("Talk", 1, id));
        using var client = new HttpClient { BaseAddress = browser.Site.Address };
        var row = Convert.ToBase64String(id.ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var address = $"/console/live?rows={row}&newer=1"; // all are newer than that
        using var reader = new StreamReader(await client.GetStreamAsync(new Uri(address, UriKind.Relative)));
        await reader.ReadLineAsync(); // it is connected

        await browser.Site.Have(Enumerable.Range(0, 105).Select(n => Snapshots.Done($"Talk {n}")));
        await browser.Site.Have(Snapshots.Working("Talk", 77, id, version: 3));

        var told = new List<string>();
        while (await reader.ReadLineAsync() is { } line && !line.Contains("77 %", StringComparison.Ordinal))
            told.AddRange(Regex.Matches(line, "[0-9]+ (or more )?new episodes?").Select(match => match.Value));
        told.Count.ShouldBe(100);
        told[^1].ShouldBe("100 or more new episodes");
    }

    [Fact]
    public async Task many_viewers_cost_one_question()
    {
        const int Viewers = 200;
        var id = Guid.NewGuid();
        await browser.Site.Have(Snapshots.Working("Talk", 1, id));
        using var client = new HttpClient { BaseAddress = browser.Site.Address };
        var row = Convert.ToBase64String(id.ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var address = new Uri($"/console/live?rows={row}", UriKind.Relative);
        var streams = await Task.WhenAll(Enumerable.Range(0, Viewers).Select(_ => client.GetStreamAsync(address)));
        var readers = streams.Select(stream => new StreamReader(stream)).ToList();
        var before = Questions();
        await browser.Site.Have(Snapshots.Working("Talk", 77, id, version: 3));

        await Task.WhenAll(readers.Select(async reader =>
        {
            while (await reader.ReadLineAsync() is { } line && !line.Contains("77 %", StringComparison.Ordinal))
                ;
        }));

        (Questions() - before).ShouldBeLessThan(Viewers / 2);
        readers.ForEach(reader => reader.Dispose());

        int Questions() => browser.Site.Requests.Count(path => path.StartsWith("/episodes/changes", StringComparison.Ordinal));
    }
}
