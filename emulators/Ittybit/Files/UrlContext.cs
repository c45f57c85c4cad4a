using Podcast.Emulators.Ittybit.Chaos;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>How to speak to this reader: in which dialect, and with URLs under which address.</summary>
internal readonly record struct UrlContext(Dialect Dialect, Uri BaseUrl)
{
    public static ValueTask<UrlContext> BindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        return ValueTask.FromResult(new UrlContext(
            services.GetRequiredService<ChaosControl>().Dial.Dialect, services.GetRequiredService<Addresses>().BaseOf(http.Request)));
    }
}
