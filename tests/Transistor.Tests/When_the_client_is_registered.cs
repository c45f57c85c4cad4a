using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Podcast.Transistor.Tests;

public sealed class When_the_client_is_registered
{
    [Theory]
    [InlineData("Transistor:ApiKey")]
    [InlineData("TRANSISTOR_API_KEY")]
    public void the_key_is_read_from_section_or_environment(string name)
    {
        using var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection([KeyValuePair.Create(name, (string?)" opensesame\n")]).Build())
            .AddTransistorClient().AddTransistorClient()
            .BuildServiceProvider();

        provider.GetRequiredService<IOptions<TransistorOptions>>().Value.ApiKey.ShouldBe("opensesame");
    }

    [Theory]
    [InlineData("Transistor:ApiKey", "two words", "must be one word")]
    [InlineData("Transistor:BaseAddress", "/v1", "Transistor__BaseAddress must be an http or https address.")]
    [InlineData("Transistor:Timeout", "00:00:00", "Timeout")]
    [InlineData("Transistor:TimeOuts", "00:00:10", "Transistor__Timeout")]
    public async Task a_wrong_setting_stops_the_host_and_is_named(string name, string value, string problem)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Transistor:ApiKey"] = "opensesame", [name] = value });
        builder.Services.AddTransistorClient();
        using var host = builder.Build();

        (await Should.ThrowAsync<OptionsValidationException>(host.StartAsync())).Message.ShouldContain(problem);
    }

    [Fact]
    public async Task added_handlers_see_every_request()
    {
        var transistor = new FakeTransistor(200, """{"data":{"id":"1","attributes":{}}}""");
        var counter = new Counter();
        await using var client = new Client(
            transistor, services => services.AddHttpClient(TransistorClient.Name).AddHttpMessageHandler(() => counter));

        await client.Api.GetUser();

        counter.Seen.ShouldBe(1);
    }

    private sealed class Counter : DelegatingHandler
    {
        public int Seen { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
