using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Podcast.Contracts;

namespace Podcast.Ittybit.Tests;

public class When_the_client_is_registered
{
    [Fact]
    public async Task asking_twice_changes_nothing()
    {
        var ittybit = new FakeIttybit().Answers(500);
        await using var client = new Client(ittybit, add: services => services.AddIttybitClient(), settings: ("Ittybit:Retries", "1"));

        await Should.ThrowAsync<global::Refit.ApiException>(client.Clock.Run(client.Api.GetTask("task_1")));

        // Two chains of handlers would ask four times.
        ittybit.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("Ittybit:ApiKey")]
    [InlineData("ITTYBIT_API_KEY")]
    public void the_key_is_read_from_section_or_environment(string name) =>
        Options<IttybitOptions>((name, " opensesame\n")).ApiKey.ShouldBe("opensesame");

    [Fact]
    public void the_defaults_are_the_tutorials()
    {
        var options = Options<IttybitOptions>(("ITTYBIT_API_KEY", "opensesame"));

        options.BaseAddress.ShouldBe(new Uri("https://api.ittybit.com"));
        options.CreateTimeout.ShouldBe(TimeSpan.FromSeconds(30));
        options.ReadTimeout.ShouldBe(TimeSpan.FromSeconds(15));
        options.Retries.ShouldBe(3);
        new WebhookOptions().SignatureHeader.ShouldBe("Ittybit-Signature");
    }

    [Theory]
    [InlineData("Ittybit:ApiKey", "", "Set ITTYBIT_API_KEY")]
    [InlineData("Ittybit:ApiKey", "two words", "must be one word")]
    [InlineData("Ittybit:BaseAddress", "/tasks", "Ittybit__BaseAddress must be an http or https address.")]
    [InlineData("Ittybit:BaseAddress", "ftp://x.test", "Ittybit__BaseAddress must be an http or https address.")]
    [InlineData("Ittybit:ReadTimeout", "00:00:00", "ReadTimeout")]
    [InlineData("Ittybit:CreateTimeout", "01:00:00", "CreateTimeout")]
    [InlineData("Ittybit:Retries", "-1", "Retries")]
    [InlineData("Ittybit:Retries", "11", "Retries")]
    [InlineData("Webhooks:Key", "too short", "Webhooks__Key must have at least 16 characters.")]
    [InlineData("Webhooks:Key", "", "Webhooks__Key")]
    [InlineData("Webhooks:PublicUrl", "", "Webhooks__PublicUrl")]
    [InlineData("Webhooks:PublicUrl", "podcast.test", "Webhooks__PublicUrl must be an http or https address.")]
    [InlineData("Webhooks:SignatureHeader", "", "SignatureHeader")]
    public async Task a_wrong_setting_stops_the_host_and_is_named(string name, string value, string problem)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ittybit:ApiKey"] = "opensesame",
            ["Webhooks:PublicUrl"] = "https://podcast.test",
            ["Webhooks:Key"] = "a key of sixteen",
            [name] = value,
        });
        builder.Services.AddIttybitClient().AddIttybitWebhooks();
        using var host = builder.Build();

        var exception = await Should.ThrowAsync<OptionsValidationException>(host.StartAsync());

        exception.Message.ShouldContain(problem);
        if (value.Length > 1)
            exception.Message.ShouldNotContain(name.EndsWith("Key", StringComparison.Ordinal) ? value : "opensesame");
    }

    [Fact]
    public void the_environments_secret_joins_the_others()
    {
        Options<WebhookOptions>(("Webhooks:Secrets:0", "old"), ("ITTYBIT_WEBHOOK_SECRET", " new\n")).Secrets.ShouldBe(["old", "new"]);
        Options<WebhookOptions>(("Webhooks:Secrets:0", "one"), ("ITTYBIT_WEBHOOK_SECRET", "one")).Secrets.ShouldBe(["one"]);
        Options<WebhookOptions>().Secrets.ShouldBeEmpty();
    }

    [Fact]
    public void callbacks_come_with_the_webhooks()
    {
        using var provider = Provider();

        provider.GetRequiredService<CallbackAddress>().For(new TaskAttempt(Guid.Empty, TaskKind.AudioExtraction, 1)).Host.ShouldBe("podcast.test");
    }

    private static T Options<T>(params (string Name, string Value)[] settings)
        where T : class
    {
        using var provider = Provider(settings);
        return provider.GetRequiredService<IOptions<T>>().Value;
    }

    private static ServiceProvider Provider(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings
            .Append(("Webhooks:PublicUrl", "https://podcast.test"))
            .Append(("Webhooks:Key", "a key of sixteen"))
            .Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)));

        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration.Build())
            .AddIttybitClient().AddIttybitWebhooks().AddIttybitWebhooks()
            .BuildServiceProvider();
    }
}
