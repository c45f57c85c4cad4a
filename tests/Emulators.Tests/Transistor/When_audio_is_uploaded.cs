using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.Transistor.Support;
using Podcast.Emulators.Transistor;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Transistor;

public sealed class When_audio_is_uploaded : IAsyncLifetime
{
    private static readonly byte[] Audio = [.. Enumerable.Range(0, 100_000).Select(at => (byte)(at * 3))];

    private RunningTransistor transistor = null!;

    public async Task InitializeAsync() => transistor = await RunningTransistor.Start();

    public async Task DisposeAsync() => await transistor.DisposeAsync();

    [Fact]
    public async Task hash_and_length_are_kept_for_the_episode()
    {
        var upload = await Authorize("a b.mp3");

        (await Put(upload, "audio/mpeg")).ShouldBe(HttpStatusCode.OK);
        var id = await transistor.Create(("audio_url", (string)upload["audio_url"]!));
        await transistor.HasAudio(id);

        ((string?)upload["content_type"], (int)upload["expires_in"]!).ShouldBe(("audio/mpeg", 600));
        var report = transistor.Report(id);
        (report.Sha256, report.Length).ShouldBe((Convert.ToHexStringLower(SHA256.HashData(Audio)), 100_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(90_000)] // longer than what is read at once
    public async Task audio_has_a_hash_without_its_tag_too(int length)
    {
        byte[] tag = [.. "ID3"u8, 4, 0, 0, 0, (byte)(length >> 14), (byte)((length >> 7) & 0x7F), (byte)(length & 0x7F), .. new byte[length]];

        var tagged = await AudioMeasure.Of(new MemoryStream([.. tag, .. Audio]), long.MaxValue, default);
        var plain = await AudioMeasure.Of(new MemoryStream(Audio), long.MaxValue, default);

        tagged!.UntaggedSha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Audio)));
        tagged.Sha256.ShouldNotBe(tagged.UntaggedSha256);
        plain!.UntaggedSha256.ShouldBe(plain.Sha256);
    }

    [Fact]
    public async Task the_address_ends_after_ten_minutes()
    {
        var upload = await Authorize("a.mp3");

        transistor.Clock.Advance(TimeSpan.FromSeconds(599));
        (await Put(upload, "audio/mpeg")).ShouldBe(HttpStatusCode.OK);
        transistor.Clock.Advance(TimeSpan.FromSeconds(1));

        (await Put(upload, "audio/mpeg")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("audio/mp3")]
    [InlineData("audio/mpeg; charset=utf-8")]
    [InlineData(null)]
    public async Task only_exactly_its_content_type_is_taken(string? type) =>
        (await Put(await Authorize("a.mp3"), type)).ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task changed_addresses_are_refused()
    {
        var upload = await Authorize("a.mp3");
        upload["upload_url"] = (string?)upload["upload_url"] + "0";

        (await Put(upload, "audio/mpeg")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.ogg")]
    [InlineData("mp3")]
    public async Task other_formats_are_refused(string filename) =>
        (await transistor.Get($"v1/episodes/authorize_upload?filename={filename}")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

    [Fact]
    public async Task uploads_that_never_came_are_a_failure()
    {
        var upload = await Authorize("a.mp3");
        var id = await transistor.Create(("audio_url", (string)upload["audio_url"]!));

        await Eventually.Holds(
            async () => (string?)(await transistor.Attributes(id))["processing_failure"] == "No audio was uploaded", "the failure is told");
    }

    [Fact]
    public async Task uploads_beyond_the_limit_are_refused()
    {
        await using var small = await RunningTransistor.Start(options => options.MaxUploadBytes = 99_999);
        var upload = (await small.Get("v1/episodes/authorize_upload?filename=a.mp3")).Json["data"]!["attributes"]!;

        (await Put(upload, "audio/mpeg")).ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<JsonNode> Authorize(string filename) =>
        (await transistor.Get($"v1/episodes/authorize_upload?filename={Uri.EscapeDataString(filename)}")).Json["data"]!["attributes"]!;

    /// <summary>Without a key, as it is another host.</summary>
    private async Task<HttpStatusCode> Put(JsonNode upload, string? type)
    {
        using var content = new ByteArrayContent(Audio);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        using var response = await transistor.Http.PutAsync((string)upload["upload_url"]!, content);
        return response.StatusCode;
    }
}
