namespace Podcast.Hosting.Tests.Telemetry;

public sealed class What_is_exported(What_is_exported.Run run) : IClassFixture<What_is_exported.Run>
{
    [Theory]
    [InlineData("the-sample")]
    [InlineData("service.instance.id")]
    [InlineData("POST /webhooks/ittybit/{episodeId}/{task}/{attempt}/{token}")]
    [InlineData("/webhooks/ittybit/0f8f/audio_extraction/1/REDACTED")]
    [InlineData("/elsewhere?REDACTED")]
    [InlineData("podcast.hello send")]
    [InlineData("say-hello process")]
    public void are_traces_of_requests_calls_and_messages(string words) => run.Receiver.All("traces").ShouldContain(words, Case.Sensitive);

    [Fact]
    public void are_no_traces_of_probes() => run.Receiver.All("traces").ShouldNotContain("/health/");

    [Theory]
    [InlineData("http.server.request.duration")]
    [InlineData("messaging.masstransit.consume")]
    [InlineData("dotnet.gc.collections")]
    public void are_metrics(string name) => run.Receiver.All("metrics").ShouldContain(name);

    [Fact]
    public void are_logs() => run.Receiver.All("logs").ShouldContain("A callback came");

    [Theory]
    [InlineData(Run.Token)]
    [InlineData(Run.Signature)]
    [InlineData(Run.Key)]
    public void are_no_secrets(string secret)
    {
        run.Receiver.All("traces").ShouldNotContain(secret);
        run.Receiver.All("metrics").ShouldNotContain(secret);
        run.Receiver.All("logs").ShouldNotContain(secret);
        run.Output.ShouldNotContain(secret);
    }

    /// <summary>The sample service in a process of its own (MassTransit keeps its meter in a static field), told to stop after one callback.</summary>
    public sealed class Run : IAsyncLifetime, IDisposable
    {
        public const string Token = "t0kenOfOurs";
        public const string Signature = "s1gnatureOfTheirs";
        public const string Key = "k3yOfOurs";

        private readonly TemporaryDirectory directory = new();

        internal OtlpReceiver Receiver { get; private set; } = null!;

        public string Output { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Receiver = await OtlpReceiver.Start();
            using var process = SampleProcess.Start(
                [],
                ("Data__Directory", directory.Path),
                ("Sample__Elsewhere", $"{Receiver.Address}/elsewhere?signature={Signature}"),
                ("Sample__Key", Key),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", Receiver.Address),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_SERVICE_NAME", "the-sample"));
            using var client = new HttpClient { BaseAddress = await process.Address() };
            client.DefaultRequestHeaders.Add("Authorization", $"Bearer {Key}");

            (await client.PostAsync($"/webhooks/ittybit/0f8f/audio_extraction/1/{Token}?signature={Signature}", null)).EnsureSuccessStatusCode();
            (await client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
            await process.Says("HEARD hello Ann");

            process.Terminate(); // what is left is sent then
            (await process.ExitCode()).ShouldBe(0);
            Output = string.Join('\n', process.Output.Concat(process.Errors));
        }

        public async Task DisposeAsync() => await Receiver.DisposeAsync();

        public void Dispose() => directory.Dispose();
    }
}
