using System.Text;

namespace Podcast.Ittybit.Tests.Webhooks;

public class When_a_signature_is_checked
{
    // RFC 4231, test case 2.
    private const string Secret = "Jefe";
    private const string Signature = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("what do ya want for nothing?");

    [Fact]
    public void it_is_the_hex_hmac_of_the_body() => WebhookSignature.Compute(Body, Secret).ShouldBe(Signature);

    [Theory]
    [InlineData(Signature)]
    [InlineData("sha256=" + Signature)]
    [InlineData("SHA256=" + Signature)]
    [InlineData("  " + Signature + " ")]
    [InlineData("5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843")]
    public void a_right_one_is_genuine(string header) => IsGenuine(header, Secret).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("Jefe")]
    [InlineData("6bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec38")]
    [InlineData(Signature + "00")]
    [InlineData("zzdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("sha1=" + Signature)]
    [InlineData(Signature + "," + Signature)]
    public void any_other_header_is_forged(string? header) => IsGenuine(header, Secret).ShouldBeFalse();

    [Fact]
    public void a_changed_body_is_forged() =>
        WebhookSignature.IsGenuine("what do ya want for nothing!"u8, Signature, [Secret]).ShouldBeFalse();

    [Theory]
    [InlineData("old", Secret)]
    [InlineData(Secret, "new")]
    public void each_of_two_secrets_counts(string one, string other) => IsGenuine(Signature, one, other).ShouldBeTrue();

    [Fact]
    public void nothing_is_genuine_without_a_secret()
    {
        IsGenuine(Signature).ShouldBeFalse();
        IsGenuine(WebhookSignature.Compute(Body, ""), "").ShouldBeFalse();
        IsGenuine(WebhookSignature.Compute(Body, " "), " ").ShouldBeFalse();
    }

    private static bool IsGenuine(string? header, params string[] secrets) =>
        WebhookSignature.IsGenuine(Body, header, secrets);
}
