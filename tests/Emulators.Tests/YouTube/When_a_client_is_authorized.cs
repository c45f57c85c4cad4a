using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.YouTube.Support;
using Podcast.Emulators.YouTube;
using Podcast.Emulators.YouTube.Chaos;

namespace Podcast.Emulators.Tests.YouTube;

public sealed class When_a_client_is_authorized : IAsyncLifetime
{
    private const string ForceSsl = "https://www.googleapis.com/auth/youtube.force-ssl";
    private const string SecondChannel = "UCsecondchannel000000002";

    private RunningYouTube youTube = null!;

    public async Task InitializeAsync() => youTube = await RunningYouTube.Start(
        options => options.Channels = [new(), new YouTubeChannelOptions { Id = SecondChannel, Title = "Second" }], connect: false);

    public async Task DisposeAsync() => await youTube.DisposeAsync();

    [Fact]
    public async Task code_is_exchanged_once_for_tokens()
    {
        var back = await youTube.Authorize(more: ("state", "s 1"));

        var answer = await youTube.Exchange(back["code"]);

        back["state"].ShouldBe("s 1");
        answer.Status.ShouldBe(HttpStatusCode.OK);
        ((int)answer.Json["expires_in"]!, (string?)answer.Json["scope"], (string?)answer.Json["token_type"])
            .ShouldBe((3600, RunningYouTube.AllScopes, "Bearer"));
        ((string?)answer.Json["refresh_token"]).ShouldStartWith("1//");
        Error(await youTube.Exchange(back["code"])).ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData("right", "")]
    [InlineData("wrong", "invalid_grant")]
    [InlineData(null, "invalid_grant")]
    public async Task code_verifier_must_fit_the_challenge(string? verifier, string error)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes("right")));
        var back = await youTube.Authorize(more: [("code_challenge", challenge), ("code_challenge_method", "S256")]);

        var answer = await youTube.Exchange(back["code"], more: verifier is null ? [] : [("code_verifier", verifier)]);

        Error(answer).ShouldBe(error);
    }

    [Fact]
    public async Task refresh_token_gives_new_access_tokens()
    {
        var tokens = await youTube.Connect();
        youTube.Clock.Advance(TimeSpan.FromHours(1));
        youTube.Use((string)tokens["access_token"]!);
        var expired = await youTube.Get("youtube/v3/channels?part=id&mine=true");

        var refreshed = await youTube.Refresh((string)tokens["refresh_token"]!);

        (expired.Status, expired.Reason()).ShouldBe((HttpStatusCode.Unauthorized, "authError"));
        expired.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
        refreshed.Json["refresh_token"].ShouldBeNull();
        youTube.Use((string)refreshed.Json["access_token"]!);
        (await youTube.Get("youtube/v3/channels?part=id&mine=true")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task revoking_ends_both_tokens()
    {
        var tokens = await youTube.Connect();
        youTube.Use((string)tokens["access_token"]!);

        (await youTube.Form("revoke", ("token", (string)tokens["refresh_token"]!))).Status.ShouldBe(HttpStatusCode.OK);

        (await youTube.Get("youtube/v3/channels?part=id&mine=true")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var refused = await youTube.Refresh((string)tokens["refresh_token"]!);
        (refused.Status, Error(refused), (string?)refused.Json["error_description"])
            .ShouldBe((HttpStatusCode.BadRequest, "invalid_grant", "Token has been expired or revoked."));
        Error(await youTube.Form("revoke", ("token", "ya29.unknown"))).ShouldBe("invalid_token");
    }

    [Fact]
    public async Task refresh_token_of_a_project_in_testing_dies_early()
    {
        await using var testing = await RunningYouTube.Start(options => options.RefreshTokenLifetime = TimeSpan.FromDays(7));
        var token = (string)(await testing.Connect())["refresh_token"]!;
        testing.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (await testing.Refresh(token)).Status.ShouldBe(HttpStatusCode.OK);

        testing.Clock.Advance(TimeSpan.FromSeconds(1));

        Error(await testing.Refresh(token)).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task refresh_token_is_refused_while_the_dial_says_so()
    {
        var token = (string)(await youTube.Connect())["refresh_token"]!;
        youTube.Emulator.Chaos = new YouTubeDial { RefreshTokensDead = true };

        Error(await youTube.Refresh(token)).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task second_refresh_token_needs_prompt_consent()
    {
        await youTube.Connect();

        (await youTube.Connect(more: ("prompt", "")))["refresh_token"].ShouldBeNull();
        (await youTube.Connect(more: ("prompt", "consent")))["refresh_token"].ShouldNotBeNull();
        (await youTube.Connect(more: ("access_type", "online")))["refresh_token"].ShouldBeNull();
    }

    [Fact]
    public async Task person_may_untick_a_scope()
    {
        youTube.Emulator.Chaos = new YouTubeDial { UntickedScopes = [ForceSsl] };

        var tokens = await youTube.Connect();

        ((string?)tokens["scope"]).ShouldBe("https://www.googleapis.com/auth/youtube.upload");
    }

    [Fact]
    public async Task person_may_refuse()
    {
        youTube.Emulator.Chaos = new YouTubeDial { ConsentDenied = true };

        var back = await youTube.Authorize(more: ("state", "1"));

        (back["error"], back["state"]).ShouldBe(("access_denied", "1"));
    }

    [Theory]
    [InlineData("select_account consent", SecondChannel)]
    [InlineData("consent", RunningYouTube.Channel)]
    public async Task channel_is_chosen_only_with_the_chooser(string prompt, string channel)
    {
        youTube.Emulator.Chaos = new YouTubeDial { ConsentChannel = SecondChannel };

        youTube.Use((string)(await youTube.Connect(more: ("prompt", prompt)))["access_token"]!);

        var mine = await youTube.Get("youtube/v3/channels?part=snippet,contentDetails&mine=true");
        var item = mine.Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)item["id"], (string?)item["contentDetails"]!["relatedPlaylists"]!["uploads"]).ShouldBe((channel, "UU" + channel[2..]));
        await youTube.Upload();
        youTube.Emulator.Videos.Single().ChannelId.ShouldBe(channel);
    }

    [Fact]
    public async Task account_without_a_channel_must_sign_up()
    {
        youTube.Emulator.Chaos = new YouTubeDial { ConsentChannel = "none" };
        youTube.Use((string)(await youTube.Connect())["access_token"]!);

        var upload = await youTube.StartSession(Uploading.Metadata());

        (upload.Status, upload.Reason()).ShouldBe((HttpStatusCode.Unauthorized, "youtubeSignupRequired"));
        (await youTube.Get("youtube/v3/channels?part=id&mine=true")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("podcast", "right", "invalid_grant", HttpStatusCode.BadRequest)]
    [InlineData("podcast", "wrong", "invalid_client", HttpStatusCode.Unauthorized)]
    [InlineData("nobody", "right", "invalid_client", HttpStatusCode.Unauthorized)]
    public async Task client_must_know_its_secret(string client, string secret, string error, HttpStatusCode status)
    {
        await using var strict = await RunningYouTube.Start(
            options => options.Clients = [new YouTubeClientOptions { Id = "podcast", Secret = "right" }], connect: false);

        var answer = await strict.Form(
            "token", ("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", client), ("client_secret", secret));

        (answer.Status, Error(answer)).ShouldBe((status, error));
    }

    [Fact]
    public async Task token_of_the_settings_needs_no_consent()
    {
        await using var unasked = await RunningYouTube.Start(options => options.RefreshToken = "1//given", connect: false);

        var answer = await unasked.Refresh("1//given");

        unasked.Use((string)answer.Json["access_token"]!);
        var channels = await unasked.Get("youtube/v3/channels?part=id&mine=true");
        ((string?)channels.Json["items"]![0]!["id"]).ShouldBe(RunningYouTube.Channel);
        Error(await unasked.Refresh("1//other")).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task redirect_uri_must_be_the_same()
    {
        var back = await youTube.Authorize();

        Error(await youTube.Exchange(back["code"], more: ("redirect_uri", "http://127.0.0.1:1/"))).ShouldBe("redirect_uri_mismatch");
    }

    [Fact]
    public async Task device_waits_for_the_person()
    {
        youTube.Emulator.Chaos = new YouTubeDial { DeviceConsentSeconds = 30 };
        var start = (await youTube.Form(
            "device/code", ("client_id", RunningYouTube.Client), ("scope", "https://www.googleapis.com/auth/youtube"))).Json;

        var early = await Poll();
        youTube.Clock.Advance(TimeSpan.FromSeconds(30));
        var late = await Poll();

        ((string?)start["user_code"]).ShouldNotBeNullOrEmpty();
        ((int)early.Status, Error(early)).ShouldBe((428, "authorization_pending"));
        ((string?)late.Json["refresh_token"]).ShouldStartWith("1//");

        Task<Ittybit.Support.Answer> Poll() => youTube.Form(
            "token",
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", (string)start["device_code"]!),
            ("client_id", RunningYouTube.Client));
    }

    [Fact]
    public async Task device_gets_no_scope_for_captions()
    {
        var answer = await youTube.Form("device/code", ("client_id", RunningYouTube.Client), ("scope", ForceSsl));

        (answer.Status, Error(answer)).ShouldBe((HttpStatusCode.BadRequest, "invalid_scope"));
    }

    private static string Error(Ittybit.Support.Answer answer) => (string?)(answer.Json as JsonObject)?["error"] ?? "";
}
