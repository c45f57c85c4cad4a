using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Podcast.Publishing.Tests.Support;

/// <summary>What a person does on the channels without us, on the only video or episode there.</summary>
internal sealed class Hand(Platforms platforms) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(platforms.Address, "emulators/") };

    private string Video => platforms.YouTube.Videos.Single().Id;

    public async Task<JsonNode> ReadVideo()
    {
        await SignIn();
        return (await http.GetFromJsonAsync<JsonNode>($"youtube/youtube/v3/videos?part=snippet&part=status&id={Video}"))!["items"]![0]!;
    }

    public async Task DescribeVideo(string title, string description)
    {
        await SignIn();
        await Change("snippet", new JsonObject { ["title"] = title, ["description"] = description, ["categoryId"] = "22" });
    }

    public async Task ReleaseVideo()
    {
        await SignIn();
        await Change("status", new JsonObject { ["privacyStatus"] = "public" });
    }

    public async Task ScheduleVideo(DateTimeOffset at)
    {
        await SignIn();
        await Change("status", new JsonObject { ["privacyStatus"] = "private", ["publishAt"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") });
    }

    public async Task DeleteVideo()
    {
        await SignIn();
        (await http.DeleteAsync($"youtube/youtube/v3/videos?id={Video}")).EnsureSuccessStatusCode();
    }

    public Task NameEpisode(string title) => ChangeEpisode("title", title);

    public Task ReplaceAudio(Uri address) => ChangeEpisode("audio_url", address.AbsoluteUri);

    public void Dispose() => http.Dispose();

    private async Task ChangeEpisode(string field, string value)
    {
        using var form = new FormUrlEncodedContent([new($"episode[{field}]", value)]);
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"transistor/v1/episodes/{platforms.Transistor.Episodes.Single().Id}")
        {
            Content = form,
            Headers = { { "x-api-key", "test" } },
        };
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private async Task Change(string part, JsonObject value) => (await http.PutAsJsonAsync(
        $"youtube/youtube/v3/videos?part={part}", new JsonObject { ["id"] = Video, [part] = value })).EnsureSuccessStatusCode();

    private async Task SignIn()
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "refresh_token"), new("refresh_token", "1//emulated"), new("client_id", Platforms.Client), new("client_secret", "s"),
        ]);
        using var answer = (await http.PostAsync("youtube/token", form)).EnsureSuccessStatusCode();
        var token = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }
}
