using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Emulators.Transistor;
using Podcast.Hosting;
using Podcast.Testing;

namespace Podcast.Transistor.Tests;

/// <summary>The calls of a publisher, against the emulator.</summary>
public sealed class When_an_episode_is_published : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new();
    private WebApplication emulator = null!;
    private Client client = null!;

    private ITransistorApi Api => client.Api;

    private TransistorEmulator Emulator => emulator.Services.GetRequiredService<TransistorEmulator>();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddServiceDefaults();
        builder.Services.AddTransistorEmulator();
        builder.Services.Configure<TransistorEmulatorOptions>(options =>
        {
            options.Directory = directory.Path;
            options.Keys = [new TransistorKey { Key = Client.Key, UserName = "Olga Owner" }];
            options.Shows = [new TransistorShow { Id = "1", Slug = "the-show", Title = "The Show", TimeZone = "America/New_York" }];
        });
        emulator = builder.Build();
        emulator.MapTransistorEmulator();
        await emulator.StartAsync();
        client = new Client(settings: ("Transistor:BaseAddress", emulator.Urls.Single() + "/emulators/transistor"));
    }

    public async Task DisposeAsync()
    {
        await client.DisposeAsync();
        await emulator.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task it_is_uploaded_made_and_published()
    {
        byte[] audio = [.. Enumerable.Range(0, 50_000).Select(at => (byte)at)];
        var zone = TimeZoneInfo.FindSystemTimeZoneById((await Api.GetShow("the-show")).Data.Attributes.TimeZone!);
        var upload = (await Api.AuthorizeUpload("episode 1.mp3")).Data.Attributes;
        await client.Uploader.Send(upload, new MemoryStream(audio), audio.Length);

        var draft = (await Api.CreateEpisode(new EpisodeForm
        {
            ShowId = "the-show",
            Title = "Tea & \"milk\" – ein Gespräch",
            AudioUrl = upload.AudioUrl.AbsoluteUri,
            TranscriptText = "Hello.\nGoodbye.",
            IncrementNumber = "true",
        })).Data;
        await Eventually.Holds(() => Emulator.Episodes.Single().Sha256 is not null, "the audio was taken");
        var processing = (await Api.GetEpisode(draft.Id)).Data.Attributes;
        clock.Advance(TimeSpan.FromMinutes(1));
        var ready = (await Api.UpdateEpisode(draft.Id, new EpisodeForm { YoutubeUrl = "https://youtu.be/x" })).Data.Attributes;
        var published = (await Api.PublishEpisode(draft.Id, PublishForm.At(clock.GetUtcNow(), zone, clock))).Data;

        (draft.Attributes.Status, draft.ShowId, draft.Attributes.Number).ShouldBe((EpisodeStatus.Draft, "1", 1));
        (processing.IsReadyToPublish, ready.IsReadyToPublish).ShouldBe((false, true));
        (ready.Title, ready.YoutubeUrl).ShouldBe(("Tea & \"milk\" – ein Gespräch", "https://youtu.be/x"));
        ready.TranscriptUrl.ShouldNotBeNull();
        (published.Id, published.Attributes.Status, published.Attributes.PublishedAt).ShouldBe((draft.Id, "published", clock.GetUtcNow()));
        var report = Emulator.Episodes.ShouldHaveSingleItem();
        (report.Sha256, report.Transitions.Single().SentSilence).ShouldBe((Convert.ToHexStringLower(SHA256.HashData(audio)), false));
    }

    [Fact]
    public async Task it_is_scheduled_and_taken_back()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var later = clock.GetUtcNow() + TimeSpan.FromDays(200); // in summer time
        var id = (await Api.CreateEpisode(new EpisodeForm { ShowId = "1", Title = "Later" })).Data.Id;

        var scheduled = (await Api.PublishEpisode(id, PublishForm.At(later, zone, clock))).Data.Attributes;
        var draft = (await Api.PublishEpisode(id, new PublishForm { Status = EpisodeStatus.Draft })).Data.Attributes;

        (scheduled.Status, scheduled.PublishedAt).ShouldBe((EpisodeStatus.Scheduled, later));
        (draft.Status, draft.PublishedAt).ShouldBe((EpisodeStatus.Draft, null));
    }

    [Fact]
    public async Task it_is_found_by_its_title()
    {
        foreach (var title in new[] { "Roasting [ref 1]", "Roasting [ref 2]", "Brewing [ref 3]" })
            await Api.CreateEpisode(new EpisodeForm { ShowId = "1", Title = title });

        var found = await Api.ListEpisodes("the-show", "[ref 2]");
        var page = await Api.ListEpisodes("1", "roasting", EpisodeStatus.Draft, page: 2, per: 1);

        found.Data.ShouldHaveSingleItem().Attributes.Title.ShouldBe("Roasting [ref 2]");
        page.Data.ShouldHaveSingleItem().Attributes.Title.ShouldBe("Roasting [ref 1]");
        page.Meta.ShouldBe(new PageMeta(2, 2, 2));
        (await Api.GetUser()).Data.Attributes.Name.ShouldBe("Olga Owner");
    }

    [Fact]
    public async Task the_key_is_blocked_by_the_eleventh_call()
    {
        for (var number = 0; number < 10; number++)
            await Api.GetUser();

        var failure = TransistorFailure.Of(await Should.ThrowAsync<Exception>(() => Api.GetUser()));

        (failure.Kind, failure.StatusCode, failure.RetryAfter).ShouldBe((TransistorFailureKind.LaneBlocked, 429, TimeSpan.FromSeconds(10)));
        clock.Advance(failure.RetryAfter!.Value);
        await Api.GetUser();
    }

    [Fact]
    public async Task late_uploads_need_a_new_address()
    {
        var upload = (await Api.AuthorizeUpload("a.mp3")).Data.Attributes;
        clock.Advance(TimeSpan.FromMinutes(10));

        var thrown = await Should.ThrowAsync<HttpRequestException>(() => client.Uploader.Send(upload, new MemoryStream([1]), 1));

        thrown.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var failure = TransistorFailure.Of(thrown);
        (failure.Kind, failure.Advice).ShouldBe((TransistorFailureKind.Transient, "Authorize a new upload."));
        upload.ToString().ShouldNotContain("Signature");
    }

    [Fact]
    public async Task lost_answers_leave_a_draft_to_be_found()
    {
        Emulator.Chaos = new TransistorDial { LostAnswerPercent = 100 };
        var thrown = await Should.ThrowAsync<Exception>(() => Api.CreateEpisode(new EpisodeForm { ShowId = "1", Title = "Once" }));
        Emulator.Chaos = new TransistorDial();

        TransistorFailure.Of(thrown).Kind.ShouldBe(TransistorFailureKind.Transient);
        (await Api.ListEpisodes("1", "Once")).Data.ShouldHaveSingleItem();
    }
}
