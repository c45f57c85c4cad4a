using System.Text.Json.Nodes;
using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Accounts;

/// <summary>The channel for which an access token speaks.</summary>
internal sealed record ChannelOfCaller(string Id, string Title);

/// <summary>Asks YouTube for it; costs one unit of the project's quota.</summary>
internal sealed class ChannelLookup(YouTubeRequests youTube)
{
    /// <summary>The channel; null if the account has none.</summary>
    public async Task<ChannelOfCaller?> Find(string accessToken, CancellationToken cancellationToken)
    {
        var caller = new YouTubeAccess(accessToken, "", "");
        try
        {
            var list = await youTube.Json(
                youTube.Of(HttpMethod.Get, caller, "youtube/v3/channels?part=snippet&mine=true"), cancellationToken);
            return list["items"] is JsonArray { Count: > 0 } items
                ? new ChannelOfCaller((string)items[0]!["id"]!, (string?)items[0]!["snippet"]?["title"] ?? "")
                : null;
        }
        catch (StepException failure)
        {
            throw new ConnectException($"{failure.Message} {failure.Result.Advice}".Trim() + " Nothing was stored.");
        }
    }
}
