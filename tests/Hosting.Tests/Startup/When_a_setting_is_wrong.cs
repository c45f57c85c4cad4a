namespace Podcast.Hosting.Tests.Startup;

public sealed class When_a_setting_is_wrong : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("Sample__Greetings", "11", "Sample__Greetings must be between 1 and 10.")]
    [InlineData("Sample__Greetings", "many", "Sample__Greetings cannot be read as Int32.")]
    [InlineData("Sample__Within__Greetings", "11", "Sample__Within__Greetings must be between 1 and 10.")]
    [InlineData("Bus__PrefetchCount", "0", "Bus__PrefetchCount must be between 1 and 10000.")]
    [InlineData("Bus__Endpoints__SayHello__PrefetchCount", "0", "Bus__Endpoints__SayHello__PrefetchCount must be between 1 and 10000.")]
    [InlineData("Service__StopTimeout", "02:00:00", "Service__StopTimeout must be between 00:00:01 and 01:00:00.")]
    [InlineData("Sample__Greeting", "2", "Sample__Greeting is no setting; the nearest is Sample__Greetings.")]
    [InlineData("ConnectionStrings__RabitMq", "amqp://broker", "ConnectionStrings__RabitMq is no setting; the nearest is ConnectionStrings__RabbitMq.")]
    [InlineData("ConnectionStrings__RabbitMq", "broker:5672", "ConnectionStrings__RabbitMq must be an address like amqp://user:password@host:5672/virtual-host.")]
    public async Task the_host_names_the_variable_in_one_line_and_ends(string variable, string value, string words)
    {
        using var process = SampleProcess.Start([], ("Data__Directory", directory.Path), (variable, value));

        (await process.ExitCode()).ShouldBe(1);
        process.Errors.ShouldBe([$"Podcast.Hosting.Tests: {words}"]);
        process.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_queue_that_is_nearly_one_of_the_hosts_is_told()
    {
        using var process = SampleProcess.Start(
            [], ("Data__Directory", directory.Path), ("Bus__Endpoints__SayHelo__PrefetchCount", "2"), ("Bus__Endpoints__Elsewhere__PrefetchCount", "2"));

        (await process.ExitCode()).ShouldBe(1);
        process.Errors.ShouldBe(["Podcast.Hosting.Tests: Bus__Endpoints__SayHelo is set for no queue of this host; the nearest is say-hello."]);
    }

    [Fact]
    public async Task all_that_is_wrong_is_told_at_once()
    {
        using var process = SampleProcess.Start(
            [], ("Data__Directory", directory.Path), ("Sample__Greetings", "0"), ("Sample__Key", "s3cret"), ("Bus__PrefetchCount", "0"));

        (await process.ExitCode()).ShouldBe(1);
        var line = process.Errors.ShouldHaveSingleItem();
        line.ShouldContain("Sample__Greetings must be between 1 and 10.");
        line.ShouldContain("Sample__Key must be");
        line.ShouldContain("Bus__PrefetchCount must be between 1 and 10000.");
        line.ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task a_verb_that_there_is_not_is_told_so()
    {
        using var process = SampleProcess.Start(["migrat"], ("Data__Directory", directory.Path));

        (await process.ExitCode()).ShouldBe(2);
        process.Errors.ShouldHaveSingleItem().ShouldBe("Podcast.Hosting.Tests: there is no verb migrat, only migrate; without a verb it serves.");
    }
}
