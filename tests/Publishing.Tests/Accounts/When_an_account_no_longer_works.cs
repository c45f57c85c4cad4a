using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Podcast.Publishing.Accounts;
using Podcast.Publishing.Channels;
using static Podcast.Publishing.Tests.Accounts.ConnectingHost;

namespace Podcast.Publishing.Tests.Accounts;

public sealed class When_an_account_no_longer_works
{
    [Fact]
    public async Task one_that_was_never_connected_says_how()
    {
        await using var host = await Start();

        var refusal = await Refusal(host);

        refusal.Reason.ShouldBe("No YouTube account is connected under the name main.");
        refusal.Advice.ShouldBe("Run `connect youtube main`, and retry the publication.");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task google_is_not_asked_again_before_it_is_reconnected(bool onPostgres)
    {
        await using var host = await Start(onPostgres);
        await host.Connect("youtube", "main");
        host.Google.Chaos = host.Google.Chaos with { RefreshTokensDead = true };

        var refusal = await Refusal(host);
        refusal.Outcome.ShouldBe(StepOutcome.Refused);
        refusal.Reason!.ShouldContain("invalid_grant");
        refusal.Advice!.ShouldContain("connect youtube main");

        host.Google.Chaos = host.Google.Chaos with { RefreshTokensDead = false };
        (await Refusal(host)).Reason.ShouldBe(refusal.Reason);

        await host.Connect("youtube", "main");
        (await host.Access("main")).ChannelId.ShouldBe(First);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(3, false)]
    public async Task the_seven_days_of_testing_are_explained(int days, bool isExplained)
    {
        await using var host = await Start(tokensLive: TimeSpan.FromDays(days));
        await host.Connect("youtube", "main");
        host.Clock.Advance(TimeSpan.FromDays(days));

        (await Refusal(host)).Advice!.Contains("testing status", StringComparison.Ordinal).ShouldBe(isExplained);
    }

    [Fact]
    public async Task another_OAuth_client_cannot_use_it()
    {
        await using var host = await Start();
        await host.Connect("youtube", "main");

        await host.Restart(clientId: "other");

        (await Refusal(host)).Reason!.ShouldContain("was connected by another OAuth client");
    }

    [Fact]
    public async Task a_lost_key_is_said()
    {
        await using var host = await Start();
        await host.Connect("youtube", "main");
        await host.Reads(db => db.Set<DataProtectionKey>().ExecuteDeleteAsync());

        await host.Restart();

        (await Refusal(host)).Reason!.ShouldContain("cannot be decrypted: the key is lost");
    }

    [Fact]
    public async Task its_token_is_worth_nothing_under_another_name()
    {
        await using var host = await Start();
        await host.Connect("youtube", "theirs");
        await host.Reads(db => db.Set<ConnectedAccount>()
            .ExecuteUpdateAsync(change => change.SetProperty(account => account.Name, "main")));

        (await Refusal(host)).Reason!.ShouldContain("cannot be decrypted");
    }

    private static async Task<StepResult> Refusal(ConnectingHost host) =>
        (await Should.ThrowAsync<StepException>(() => host.Access("main"))).Result;
}
