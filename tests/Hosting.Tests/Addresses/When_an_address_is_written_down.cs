namespace Podcast.Hosting.Tests.Addresses;

public sealed class When_an_address_is_written_down
{
    [Theory]
    [InlineData("https://cdn.example/%7e%41/a%2Fb%2fc?X-Sig=%2b%2B%7E&e=a+b")]
    [InlineData("https://cdn.example/a/../b/./c//d?x=..%2f")]
    [InlineData("https://cdn.example/%2e%2E/a")]
    [InlineData("https://CDN.Example:443/A~_-.!$&'()*+,;=:@[]")]
    [InlineData("https://cdn.example?sig=%41")]
    [InlineData("https://cdn.example")]
    [InlineData("s3://bucket/%7efile")]
    public void it_keeps_its_bytes(string given) => VerbatimUri.Text(new Uri(given)).ShouldBe(given);

    [Theory]
    [InlineData("https://cdn.example/my file%7e.mp4", "https://cdn.example/my%20file%7e.mp4")]
    [InlineData("https://cdn.example/Gr\u00fc\u00dfe%41?t=\u00e9", "https://cdn.example/Gr%C3%BC%C3%9Fe%41?t=%C3%A9")]
    [InlineData("https://cdn.example/100%/%4", "https://cdn.example/100%25/%254")]
    [InlineData("https://cdn.example/\U0001F399.mp3", "https://cdn.example/%F0%9F%8E%99.mp3")]
    [InlineData("https://cdn.example/a\r\nHost: b", "https://cdn.example/a%0D%0AHost:%20b")]
    [InlineData("https://cdn.example/{a}|\"<b>", "https://cdn.example/%7Ba%7D%7C%22%3Cb%3E")]
    [InlineData("  https://cdn.example/a%7e ", "https://cdn.example/a%7e")]
    public void what_no_address_may_hold_is_encoded(string given, string text) =>
        VerbatimUri.Text(new Uri(given)).ShouldBe(text);

    [Theory]
    [InlineData("https://CDN.example/%7e%41/../b?s=%2f#part", "cdn.example", "/%7e%41/../b?s=%2f")]
    [InlineData("https://cdn.example?s=%41", "cdn.example", "/?s=%41")]
    [InlineData("https://cdn.example", "cdn.example", "/")]
    [InlineData("https://b\u00fccher.example/a%7e", "xn--bcher-kva.example", "/a%7e")]
    public void a_request_carries_the_same_bytes(string given, string host, string target)
    {
        var address = VerbatimUri.ForRequest(new Uri(given));

        (address.IdnHost, address.PathAndQuery).ShouldBe((host, target));
    }

    [Theory]
    [InlineData("/%7eb?s=%41", "https://cdn.example:8443/%7eb?s=%41")]
    [InlineData("//other.example/%7eb", "https://other.example/%7eb")]
    [InlineData("?s=%41", "https://cdn.example:8443/%61/x?s=%41")]
    [InlineData("https://other.example/%7eb", "https://other.example/%7eb")]
    [InlineData("y", "https://cdn.example:8443/a/y")]
    [InlineData("ftp://other.example/b", "ftp://other.example/b")]
    public void a_redirect_is_followed_as_it_was_written(string location, string text) =>
        VerbatimUri.Text(VerbatimUri.Redirected(
            new Uri("https://cdn.example:8443/%61/x?old=1#f"), new Uri(location, UriKind.RelativeOrAbsolute))).ShouldBe(text);
}
