using Podcast.Hosting.Telemetry;

namespace Podcast.Hosting.Tests.Telemetry;

public sealed class A_text_of_a_span
{
    [Theory]
    [InlineData("/webhooks/ittybit/0f8f/audio_extraction/1/secret", "/webhooks/ittybit/0f8f/audio_extraction/1/REDACTED")]
    [InlineData("POST /webhooks/ittybit/0f8f/audio_extraction/1/secret", "POST /webhooks/ittybit/0f8f/audio_extraction/1/REDACTED")]
    [InlineData("https://a.example/base/webhooks/ittybit/e/t/1/secret?traceparent=00", "https://a.example/base/webhooks/ittybit/e/t/1/REDACTED?REDACTED")]
    [InlineData("https://store.example/a.mp4?sig=secret&exp=1#t=1", "https://store.example/a.mp4?REDACTED")]
    [InlineData("got 403 from \"https://b.example/?x=secret\"", "got 403 from \"https://b.example/?REDACTED\"")]
    [InlineData("/files?sig=secret", "/files?REDACTED")]
    [InlineData("amqp://user:secret@broker:5672/podcast", "amqp://REDACTED@broker:5672/podcast")]
    [InlineData("GET /webhooks/ittybit/{episodeId}/{task}/{attempt}/{token}", "GET /webhooks/ittybit/{episodeId}/{task}/{attempt}/{token}")]
    [InlineData("Is it done? Not yet.", "Is it done? Not yet.")]
    [InlineData("rabbitmq://broker/podcast/say-hello", "rabbitmq://broker/podcast/say-hello")]
    public void is_told_without_its_secrets(string text, string told) => SpanRedaction.Clean(text).ShouldBe(told);
}
