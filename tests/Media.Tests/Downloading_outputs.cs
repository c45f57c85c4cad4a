using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Media.Tests;

public sealed class Downloading_outputs
{
    [Theory]
    [InlineData("http://127.0.0.1:1/a.vtt")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task registered_download_never_reaches_private_networks(string address)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(TimeProvider.System);
        OutputDownload.Register(services);
        await using var provider = services.BuildServiceProvider();
        var download = provider.GetRequiredService<OutputDownload>();

        var refused = await Should.ThrowAsync<OutputException>(
            () => download.Fetch("captions", new Uri(address), maxBytes: 1024, TimeSpan.FromMinutes(1), CancellationToken.None));

        refused.Message.ShouldContain("not on the public Internet");
        refused.Transient.ShouldBeFalse();
    }
}
