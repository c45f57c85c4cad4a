using Microsoft.AspNetCore.WebUtilities;
using Podcast.Publishing.Accounts;
using static Podcast.Publishing.Tests.Accounts.ConnectingHost;

namespace Podcast.Publishing.Tests.Accounts;

public sealed class When_an_account_is_connected
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task its_channel_is_stored_and_its_token_encrypted(bool onPostgres)
    {
        await using var host = await Start(onPostgres);

        var (code, person) = await host.Connect("youtube", "main");

        code.ShouldBe(0, person.Errors.ToString());
        person.ToString().ShouldContain($"main is connected to the channel First ({First}).");
        var account = (await host.Accounts()).ShouldHaveSingleItem();
        (account.Name, account.ChannelId, account.ConnectedAt).ShouldBe(("main", First, host.Clock.GetUtcNow()));
        account.RefreshToken.ShouldNotContain("1//");
        person.ToString().ShouldNotContain("1//");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task another_process_can_use_it(bool onPostgres)
    {
        await using var host = await Start(onPostgres);
        await host.Connect("youtube", "main");

        await host.Restart();

        var access = await host.Access("main");
        (access.ChannelId, access.Project).ShouldBe((First, "client"));
        (await host.In((ChannelLookup channels) => channels.Find(access.Token, default)))!.Id.ShouldBe(First);
    }

    [Fact]
    public async Task its_access_token_is_renewed_before_it_ends()
    {
        await using var host = await Start();
        await host.Connect("youtube", "main");

        var first = await host.Access("main");
        host.Clock.Advance(TimeSpan.FromMinutes(54));
        (await host.Access("main")).ShouldBe(first);
        host.Clock.Advance(TimeSpan.FromMinutes(2));

        (await host.Access("main")).Token.ShouldNotBe(first.Token);
    }

    [Fact]
    public async Task the_person_chooses_the_channel_and_grants_it_for_good()
    {
        await using var host = await Start();
        host.Google.Chaos = host.Google.Chaos with { ConsentChannel = Second };

        var (code, person) = await host.Connect("youtube", "main", "--channel", Second);

        code.ShouldBe(0, person.Errors.ToString());
        (await host.Accounts()).Single().ChannelId.ShouldBe(Second);
        var query = QueryHelpers.ParseQuery(person.Screen!.Query);
        (query["prompt"].ToString(), query["access_type"].ToString(), query["code_challenge_method"].ToString(), query["scope"].ToString())
            .ShouldBe(("select_account consent", "offline", "S256", "https://www.googleapis.com/auth/youtube.force-ssl"));
    }

    [Fact]
    public async Task a_machine_without_a_browser_prints_the_tunnel()
    {
        await using var host = await Start();

        var (_, person) = await host.Connect("youtube", "main");

        var redirect = new Uri(QueryHelpers.ParseQuery(person.Screen!.Query)["redirect_uri"].ToString());
        redirect.Host.ShouldBe("127.0.0.1");
        person.ToString().ShouldContain($"ssh -L {redirect.Port}:127.0.0.1:{redirect.Port} ann@studio");
    }

    [Fact]
    public async Task a_device_connects_it_without_captions()
    {
        await using var host = await Start();
        host.Google.Chaos = host.Google.Chaos with { DeviceConsentSeconds = 7 };

        var connecting = host.Connect("youtube", "main", "--device");
        await host.WaitsToAsk();
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.Holds(() => host.AnswersOfGoogle == 2, "the code was given, and the first question answered: not yet");
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        var (code, person) = await connecting;
        code.ShouldBe(0, person.Errors.ToString());
        person.ToString().ShouldContain("Open https://www.google.com/device on any device, enter the code ");
        person.ToString().ShouldContain($"main is connected to the channel First ({First}), without captions.");
        YouTubeScopes.CanCaption((await host.Accounts()).Single().Scopes).ShouldBeFalse();
    }

    [Fact]
    public async Task again_it_has_a_new_token_and_the_same_channel()
    {
        await using var host = await Start();
        await host.Connect("youtube", "main");
        var before = (await host.Accounts()).Single();
        host.Clock.Advance(TimeSpan.FromDays(1));

        (await host.Connect("youtube", "main")).Code.ShouldBe(0);

        var after = (await host.Accounts()).ShouldHaveSingleItem();
        (after.ChannelId, after.ConnectedAt).ShouldBe((before.ChannelId, host.Clock.GetUtcNow()));
        after.RefreshToken.ShouldNotBe(before.RefreshToken);
    }
}
