using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Podcast.OperatorsConsole.Pages;

namespace Podcast.OperatorsConsole.SignIn;

/// <summary>Signs people in by an OpenID provider, if one is configured. Its access token is the bearer token for the API.</summary>
internal static class OpenId
{
    public const string Scheme = "ConsoleOpenId";

    public static void AddOpenId(this IServiceCollection services)
    {
        services.AddOptions<AuthenticationOptions>().Configure<IOptions<ConsoleOptions>>((schemes, console) =>
        {
            if (console.Value.OpenId.Authority is not null)
                schemes.AddScheme<OpenIdConnectHandler>(Scheme, null);
        });
        services.AddTransient<OpenIdConnectHandler>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        services.AddOptions<OpenIdConnectOptions>(Scheme)
            .Configure<IOptions<ConsoleOptions>>((oidc, console) => Configure(oidc, console.Value.OpenId));
        services.AddSingleton<TokenRefresh>();
    }

    private static void Configure(OpenIdConnectOptions oidc, OpenIdOptions options)
    {
        oidc.Authority = options.Authority!.ToString();
        oidc.RequireHttpsMetadata = options.Authority.Scheme == Uri.UriSchemeHttps;
        (oidc.ClientId, oidc.ClientSecret) = (options.ClientId, options.ClientSecret);
        oidc.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            oidc.Scope.Add(scope);

        oidc.SignInScheme = Gate.Scheme;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query; // a form from another site would bring no cookie of ours
        oidc.UsePkce = true;
        oidc.SaveTokens = true;
        oidc.MapInboundClaims = false;
        oidc.DisableTelemetry = true;
        oidc.CallbackPath = "/console/sign-in/answer";
        oidc.SignedOutCallbackPath = "/console/sign-out/answer";
        oidc.RemoteSignOutPath = "/console/sign-out/remote";
        oidc.SignedOutRedirectUri = "/console/sign-in";
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        oidc.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = Anew,
            OnTicketReceived = Receive,
            OnRemoteFailure = Fail,
        };
    }

    /// <summary>The item of a challenge that asks for another person than the one whom the provider knows already.</summary>
    public const string AsAnother = "as-another";

    private static Task Anew(RedirectContext context)
    {
        if (context.Properties.Items.ContainsKey(AsAnother))
            context.ProtocolMessage.Prompt = OpenIdConnectPrompt.Login;
        return Task.CompletedTask;
    }

    /// <summary>The API says who this is. Nobody without a role is signed in.</summary>
    private static async Task Receive(TicketReceivedContext context)
    {
        var token = context.Properties!.GetTokenValue(Gate.Token) ?? "";
        var apis = context.HttpContext.RequestServices.GetRequiredService<PodcastApis>();
        var (person, problem) = await Person.Of(token, apis, mustHaveRole: true, context.HttpContext.RequestAborted);
        if (person is not null)
        {
            context.Principal = person.Principal();
            return;
        }

        context.HandleResponse();
        await Show(context.HttpContext, problem!);
    }

    private static Task Fail(RemoteFailureContext context)
    {
        context.HandleResponse();
        var told = context.Failure?.Data["error_description"] as string ?? context.Failure?.Data["error"] as string;
        context.HttpContext.RequestServices.GetRequiredService<ILogger<Forms>>()
            .SignInFailed(context.Failure?.GetType().Name, context.Failure?.Data["error"] as string);
        return Show(context.HttpContext, told is null
            ? new ApiProblem(StatusCodes.Status400BadRequest, Texts.SignInFailed, Texts.SignInAgain)
            : new ApiProblem(StatusCodes.Status403Forbidden, Texts.ProviderRefuses, told));
    }

    private static Task Show(HttpContext http, ApiProblem problem)
    {
        Headers.Set(http);
        return Respond.With<SignInPage>(new() { [nameof(SignInPage.Problem)] = problem }, problem.Status).ExecuteAsync(http);
    }
}
