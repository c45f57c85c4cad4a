using System.Buffers.Text;

namespace Podcast.Emulators.YouTube.OAuth;

/// <summary>Exchanges an authorization code for tokens, once, with the PKCE check of RFC 7636.</summary>
internal sealed class CodeExchange(Documents documents, Grants grants, TimeProvider clock)
{
    public IResult Exchange(IFormCollection form, string client) => documents.Change(() =>
    {
        if (documents.Find<AuthorizationCode>(form["code"].ToString()) is not { } code || code.ExpiresAt <= clock.GetUtcNow())
            return OAuthError.InvalidGrant("Malformed auth code.");
        if (code.Grant.ClientId != client)
            return OAuthError.Of("unauthorized_client", "Unauthorized", StatusCodes.Status401Unauthorized);
        if (code.RedirectUri != form["redirect_uri"])
            return OAuthError.Of("redirect_uri_mismatch", "Bad Request");
        if (!Proves(form["code_verifier"].ToString(), code))
            return OAuthError.InvalidGrant(form.ContainsKey("code_verifier") ? "Invalid code verifier." : "Missing code verifier.");

        documents.Remove<AuthorizationCode>(code.Id);
        return grants.Issue(code.Grant, code.Grant.IsOffline);
    });

    private static bool Proves(string verifier, AuthorizationCode code)
    {
        var proof = code.ChallengeMethod == "S256"
            ? Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))
            : verifier;
        return code.Challenge is null || code.Challenge == proof;
    }
}
