using Podcast.Emulators.YouTube.Chaos;
using static Podcast.Publishing.Tests.Accounts.ConnectingHost;

namespace Podcast.Publishing.Tests.Accounts;

public sealed class When_a_connection_is_refused
{
    public static TheoryData<string, string, YouTubeDial> Reasons => new()
    {
        { "", "You refused the consent.", new() { ConsentDenied = true } },
        { "", "was not granted: its box was not ticked.", new() { UntickedScopes = ["https://www.googleapis.com/auth/youtube.force-ssl"] } },
        { "", "has no YouTube channel.", new() { ConsentChannel = "none" } },
        { "", "switched off in the Google project", new() { ApiDisabled = true } },
        { "--channel=UCelse", $"You chose the channel First ({First}), but main stands for UCelse.", new() },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task its_reason_is_said_and_nothing_stored(string option, string reason, YouTubeDial dial)
    {
        await using var host = await Start();
        host.Google.Chaos = dial;

        var (code, person) = await host.Connect(["youtube", "main", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        code.ShouldBe(1);
        person.Errors.ToString().ShouldContain(reason);
        person.Errors.ToString().ShouldContain("Nothing was stored");
        (await host.Accounts()).ShouldBeEmpty();
    }

    [Fact]
    public async Task another_channel_does_not_replace_the_known_one()
    {
        await using var host = await Start();
        await host.Connect("youtube", "main");
        host.Google.Chaos = host.Google.Chaos with { ConsentChannel = Second };

        var (code, person) = await host.Connect("youtube", "main");

        code.ShouldBe(1);
        person.Errors.ToString().ShouldContain($"You chose the channel Second ({Second}), but main stands for {First}.");
        (await host.Access("main")).ChannelId.ShouldBe(First);
    }

    [Fact]
    public async Task the_person_at_the_device_may_refuse()
    {
        await using var host = await Start();
        host.Google.Chaos = host.Google.Chaos with { ConsentDenied = true };

        var connecting = host.Connect("youtube", "main", "--device");
        await host.WaitsToAsk();
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        (await connecting).Code.ShouldBe(1);
        (await connecting).Person.Errors.ToString().ShouldContain("You refused the consent.");
    }

    [Fact]
    public async Task nobody_waits_for_consent_without_end()
    {
        await using var host = await Start();
        host.Google.Chaos = host.Google.Chaos with { DeviceConsentSeconds = 3600 };

        var connecting = host.Connect("youtube", "main", "--device");
        await host.WaitsToAsk();
        host.Clock.Advance(TimeSpan.FromMinutes(10));

        (await connecting).Code.ShouldBe(1);
        (await connecting).Person.Errors.ToString().ShouldContain("Nobody consented within 00:10:00.");
    }

    [Theory]
    [InlineData("youtube")]
    [InlineData("youtube Main")]
    [InlineData("youtube main --chanel=UC")]
    [InlineData("vimeo main")]
    public async Task wrong_arguments_are_said(string args)
    {
        await using var host = await Start();

        var (code, person) = await host.Connect(args.Split(' '));

        code.ShouldBe(2);
        person.Errors.ToString().ShouldNotBeEmpty();
        person.Screen.ShouldBeNull();
    }

    [Fact]
    public async Task an_OAuth_client_is_needed()
    {
        await using var host = await Start(clientId: "");

        var (code, person) = await host.Connect("youtube", "main");

        code.ShouldBe(1);
        person.Errors.ToString().ShouldContain("Set Google__ClientId and Google__ClientSecret");
    }
}
