namespace Podcast.Emulators.Ittybit.Files;

/// <summary>The dialect and the base URL with which bodies for one reader are written.</summary>
internal readonly record struct UrlContext(Dialect Dialect, Uri BaseUrl)
{
    public static ValueTask<UrlContext> BindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        return ValueTask.FromResult(new UrlContext(
            services.GetRequiredService<ChaosControl>().Dial.Dialect, services.GetRequiredService<Addresses>().BaseOf(http.Request)));
    }
}
