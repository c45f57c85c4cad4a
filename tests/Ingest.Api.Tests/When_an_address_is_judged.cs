using System.Net;
using Podcast.Hosting;
using Podcast.Ingest.Api.Uploads;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_an_address_is_judged
{
    private readonly SourceOptions strict = new();
    private readonly SourceOptions withLoopback = new() { AllowLoopback = true };

    [Theory]
    [InlineData("https://example.com/a.mp4")]
    [InlineData("http://media.example.co.uk:8080/a.mp4?token=1#t")]
    [InlineData("https://8.8.8.8/a.mp4")]
    [InlineData("https://[2606:4700:4700::1111]/a.mp4")]
    [InlineData("https://xn--bcher-kva.example/a.mp4")]
    public void a_public_one_is_taken(string text) => SourceAddress.Problem(text, strict).ShouldBeNull();

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("/a.mp4")]
    [InlineData("//example.com/a.mp4")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/a.mp4")]
    [InlineData("gopher://example.com/")]
    [InlineData("data:video/mp4;base64,AAAA")]
    [InlineData("https://")]
    [InlineData("https://user@example.com/a.mp4")]
    [InlineData("https://:secret@example.com/a.mp4")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[::10.0.0.1]/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[64:ff9b::a00:1]/")]
    [InlineData("http://[2002:a00:1::]/")]
    [InlineData("http://intranet/a.mp4")]
    [InlineData("http://printer.local/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://metadata.google.internal./")]
    [InlineData("http://ｌocalhost/")]
    [InlineData("http://１２７.0.0.1/")]
    [InlineData("http://127。0。0。1/")]
    [InlineData("http://10%2e0.0.1/")]
    [InlineData("http://10.0.0.1%00.example.com/")]
    [InlineData("http://10.0.0.1\\@example.com/")]
    public void non_public_address_is_refused_with_or_without_loopback(string text)
    {
        SourceAddress.Problem(text, strict).ShouldNotBeNull();
        SourceAddress.Problem(text, withLoopback).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("http://127.0.0.1/a.mp4")]
    [InlineData("http://127.1.2.3:5000/a.mp4")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://localhost:5080/a.mp4")]
    [InlineData("http://LOCALHOST./a.mp4")]
    [InlineData("http://any.localhost/")]
    public void loopback_address_is_accepted_only_where_allowed(string text)
    {
        SourceAddress.Problem(text, strict).ShouldNotBeNull();
        SourceAddress.Problem(text, withLoopback).ShouldBeNull();
    }

    [Theory]
    [InlineData("http://172.18.0.4:9000/a.mp4", true)]
    [InlineData("http://minio:9000/a.mp4", true)]
    [InlineData("http://172.19.0.4/a.mp4", false)]
    [InlineData("http://127.0.0.1/a.mp4", false)]
    [InlineData("http://localhost/a.mp4", false)]
    public void a_network_that_may_be_read_from_is_taken_and_no_other(string text, bool expected)
    {
        var options = new SourceOptions { AllowedNetworks = [IPNetwork.Parse("172.18.0.0/16")] };

        (SourceAddress.Problem(text, options) is null).ShouldBe(expected);
    }
}
