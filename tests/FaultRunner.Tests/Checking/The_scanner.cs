using Podcast.FaultRunner.Secrets;

namespace Podcast.FaultRunner.Tests.Checking;

public sealed class The_scanner
{
    private readonly PlantedSecrets canaries = new();
    private readonly Scanner scanner;

    public The_scanner() => scanner = new Scanner(canaries);

    [Fact]
    public void finds_each_secret_by_its_name()
    {
        foreach (var (name, secret) in canaries.Secrets)
        {
            scanner.Text("the log", $"... {secret} ...");
            scanner.Leaks.Keys.ShouldContain($"{name} in the log");
        }
    }

    [Fact]
    public void finds_a_callbacks_token_but_not_where_it_is_hidden()
    {
        const string path = "/webhooks/ittybit/0f8fad5b-d9cb-469f-a165-70867728950e/audio_extraction/1/";

        scanner.Text("a span", path + "REDACTED");
        scanner.Leaks.ShouldBeEmpty();
        scanner.Text("a span", path + "Jp3xkqpsdarjfb9eXk2");
        scanner.Leaks.Keys.ShouldHaveSingleItem().ShouldBe("a callback's token in a span");
    }

    [Fact]
    public void finds_a_signed_address_even_in_bytes()
    {
        scanner.Bytes("telemetry", [0, 7, .. "https://you.ittybit.net/a.mp4?expiry=1&signature=abcdefgh"u8, 0]);

        scanner.Leaks.Keys.ShouldHaveSingleItem().ShouldBe("a signed address in telemetry");
    }

    [Fact]
    public void lets_an_address_stand_where_it_is_of_use_and_nowhere_else()
    {
        var address = $"https://example.com/raw.mp4?signature={canaries.AddressSignature}";

        scanner.Message("podcast.extract-audio", $$$"""{"message":{"source":{"url":"{{{address}}}"},"outputs":[{"output":{"url":"{{{address}}}"}}]}}""");
        scanner.Leaks.ShouldBeEmpty();
        scanner.Message("podcast.task-failed", $$$"""{"message":{"reason":"{{{address}}} does not answer"}}""");
        scanner.Leaks.Keys.ShouldHaveSingleItem().ShouldBe("a signed address in a message to podcast.task-failed");
    }
}
