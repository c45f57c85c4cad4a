using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;

namespace Podcast.Ingest.Api.Auth;

/// <summary>Authenticates requests by a bearer token with a <c>sub</c>, or as the local user if one is configured.</summary>
internal static class Authentication
{
    private const string Either = "BearerOrLocalUser";

    public static void AddOwnerAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication()
            .AddJwtBearer(token =>
            {
                token.MapInboundClaims = false;
                token.Events = new JwtBearerEvents { OnTokenValidated = Role.Read, OnChallenge = Challenge, OnForbidden = Forbid };
            })
            .AddScheme<AuthenticationSchemeOptions, LocalUserHandler>(LocalUserHandler.Name, local =>
                local.ForwardChallenge = local.ForwardForbid = JwtBearerDefaults.AuthenticationScheme)
            .AddPolicyScheme(Either, null, policy => policy.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey(HeaderNames.Authorization)
                || string.IsNullOrEmpty(context.RequestServices.GetRequiredService<IOptionsMonitor<AuthOptions>>().CurrentValue.LocalUser)
                    ? JwtBearerDefaults.AuthenticationScheme
                    : LocalUserHandler.Name);
        services.AddAuthorization();

        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).PostConfigure(token =>
        {
            // JwtBearer's configuration section disables a check for which it names no value. Keep both checks on.
            token.TokenValidationParameters.ValidateIssuer = true;
            token.TokenValidationParameters.ValidateAudience = true;
            token.TokenValidationParameters.NameClaimType = Owner.Claim;
        });
        services.AddSettings<AuthOptions>("Auth");
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthConfigurationValidator>();
    }

    /// <summary>
    /// Requires an identity that can own episodes. Names its schemes, so that other parts of the same process can use their own.
    /// </summary>
    public static void RequireOwner(this AuthorizationPolicyBuilder policy) =>
        policy.AddAuthenticationSchemes(Either).RequireAuthenticatedUser()
            .RequireAssertion(context => Owner.Of(context.User) is not null)
            .RequireAssertion(context => context.Resource is not HttpContext http || !http.LacksRole())
            .RequireAssertion(context =>
                !context.User.IsOnlyViewer() || context.Resource is HttpContext { Request.Method: "GET" or "HEAD" });

    /// <summary>Lets only operators and admins call it.</summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(policy => policy.RequireAssertion(context => context.User.IsOperator()))
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.Headers.WWWAuthenticate = context.AuthenticateFailure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        return Answer(context.HttpContext, StatusCodes.Status401Unauthorized, context.AuthenticateFailure is null
            ? "This needs a bearer token."
            : "This token is not valid here, or no longer.");
    }

    private static Task Forbid(ForbiddenContext context) =>
        Answer(context.HttpContext, StatusCodes.Status403Forbidden, context.HttpContext switch
        {
            var http when Owner.Of(http.User) is null =>
                $"This token has no {http.OwnerClaim()} of 1 to 255 printable characters, so it belongs to nobody.",
            var http when http.LacksRole() => $"This token has none of the roles {string.Join(", ", Role.All)}.",
            { User: var user } when user.IsOnlyViewer() => "The role viewer may look, but not act.",
            _ => "This needs a token with the role operator.",
        });

    // UseStatusCodePages does not see these answers, because the authentication middleware runs before it.
    private static Task Answer(HttpContext http, int status, string detail) =>
        TypedResults.Problem(statusCode: status, detail: detail).ExecuteAsync(http);
}
