using Microsoft.Extensions.Options;

namespace Podcast.WebhookGateway.Tests;

public sealed class When_the_gateway_starts
{
    [Theory]
    [InlineData("Webhooks:Key", "", "Webhooks__Key")]
    [InlineData("Webhooks:Key", "too short", "Webhooks__Key")]
    [InlineData("WebhookGateway:AnswerWithin", "00:00:05", "AnswerWithin")]
    [InlineData("WebhookGateway:AllowedNetworks:0", "somewhere", "WebhookGateway__AllowedNetworks__0 cannot be read as IPNetwork.")]
    public async Task a_setting_that_would_leave_the_door_open_stops_it(string key, string value, string named)
    {
        await using var app = GatewayScenario.Builder(confirm: null, (key, value)).Build();

        (await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync())).Message.ShouldContain(named);
    }

    [Fact]
    public async Task a_signature_can_only_be_required_with_a_secret()
    {
        await using var app = GatewayScenario.Builder(
            confirm: null, ("WebhookGateway:RequireSignature", "true"), ("Webhooks:Secrets:0", ""), ("Webhooks:Secrets:1", "")).Build();

        (await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync())).Message.ShouldContain("RequireSignature");
    }
}
