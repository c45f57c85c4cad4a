using Podcast.OperatorsConsole.Live;
using Podcast.OperatorsConsole.Pages;
using Podcast.SettingsBinding;

namespace Podcast.OperatorsConsole;

/// <summary>Composition of the operators' console: pages that read and act through Ingest.Api alone.</summary>
public static class ConsoleSetup
{
    /// <summary>Registers the pages and the client of the API.</summary>
    public static void AddConsole(this IServiceCollection services)
    {
        services.AddSettings<ConsoleOptions>("Console")
            .Validate(
                options => options.LocalUser || options.ApiAddress is not null,
                "Console__ApiAddress must say where Ingest.Api is, unless Console__LocalUser lets in whoever works at this computer.")
            .Validate(options => options.OpenId.IsComplete, OpenIdOptions.Incomplete);
        services.AddRazorComponents();
        services.AddAntiforgery(forgery =>
        {
            forgery.Cookie.Name = "podcast-form";
            forgery.Cookie.SameSite = SameSiteMode.Strict;
            forgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forgery.SuppressXFrameOptionsHeader = true; // Headers says it
        });
        services.AddAuthentication().AddCookie(Gate.Scheme, cookie =>
        {
            cookie.Cookie.Name = "podcast-console";
            cookie.Cookie.Path = "/console";
            cookie.Cookie.SameSite = SameSiteMode.Lax; // the provider, and an alert's link, lead here; forms have their own tokens
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        });
        services.AddOpenId();
        services.AddHttpClient(PodcastApis.Name).ConfigurePrimaryHttpMessageHandler(
            () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        services.AddSingleton<PodcastApis>();
        services.AddScoped(provider => // parameters are bound before Gate says who looks
        {
            var http = provider.GetRequiredService<IHttpContextAccessor>().HttpContext!;
            return provider.GetRequiredService<PodcastApis>().For(() => Viewer.Of(http));
        });
        services.AddHttpContextAccessor();
        services.AddSingleton<RowRenderer>();
        services.AddSingleton<ChangeFeeds>();
    }

    /// <summary>Maps <c>/</c> and everything under <c>/console</c>.</summary>
    public static void MapConsole(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", () => TypedResults.LocalRedirect("/console/episodes")).ExcludeFromDescription();

        var console = app.MapGroup("/console").ExcludeFromDescription().AddEndpointFilter(Headers.Add).AddEndpointFilter(Forms.Check);
        console.MapGet("/", () => TypedResults.LocalRedirect("/console/episodes"));
        console.MapAssets();
        console.MapSignIn();

        var pages = console.MapGroup("").AddEndpointFilter(Gate.Check).AddEndpointFilter(Forms.Explain);
        pages.MapEpisodes();
        pages.MapUpload();
        pages.MapEpisode();
        pages.MapFailures();
        pages.MapJobs();
        pages.MapReleases();
        pages.MapBacklog();
        pages.MapSystem();
        pages.MapQueues();
        pages.MapLive();
    }
}
