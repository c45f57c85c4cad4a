using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

[Collection(nameof(In_many_processes))]
public sealed class When_one_webhook_comes_a_hundred_times(In_many_processes.Running running)
{
    [Fact]
    public async Task there_is_one_line_of_history()
    {
        var podcast = running.Podcast;
        await podcast.Chaos(new { drop_percent = 100, never_finish_percent = 100 }); // only we report
        using var api = new HttpClient { BaseAddress = podcast.Ingest };
        var upload = await Walk.Upload(api);
        await Walk.Confirm(api, upload);
        await Eventually.Holds(async () => await Count(api, upload.Id, "task_started") == 3, "all tasks are at Ittybit", TimeSpan.FromMinutes(2));
        var entries = (await podcast.Ledger()).GetProperty("entries").EnumerateArray().Select(entry => entry.Clone()).ToList();
        var taskId = entries.Single(entry => entry.GetProperty("ref").GetString() == $"podcast_audio-{upload.Id:N}-1").GetProperty("task_id").GetString();

        var body = $$$"""{"id":"{{{taskId}}}","status":"completed","output":{"id":"{{{upload.FileId}}}","type":"audio/mpeg"}}""";
        var callback = podcast.Callback(upload.Id, TaskKind.AudioExtraction);
        using var ittybit = new HttpClient();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Deliver(ittybit, callback, body)));

        using var last = await ittybit.PostAsync(podcast.Callback(upload.Id, TaskKind.VideoTranscode), Json("""{"id":"task_other","status":"processing","progress":70}"""));
        using var cancelled = await api.PostAsJsonAsync($"/episodes/{upload.Id}/cancel", new { why = "seen enough" });
        cancelled.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.Holds(async () => await Count(api, upload.Id, "cancelled") == 1, "what came after the copies is told", TimeSpan.FromMinutes(2));
        await Eventually.Holds(async () => (await running.Broker.Queue("episode"))!.Value.GetProperty("messages").GetInt32() == 0, "all copies are heard", TimeSpan.FromMinutes(2));

        (await Count(api, upload.Id, "task_completed")).ShouldBe(1);
        await Walk.ShouldHaveAGaplessHistory(api, upload.Id);
        (await running.Broker.Failures()).ShouldBeEmpty();
    }

    /// <summary>As Ittybit does it: until it is taken.</summary>
    private static Task Deliver(HttpClient ittybit, Uri callback, string body) => Eventually.Holds(
        async () =>
        {
            using var answer = await ittybit.PostAsync(callback, Json(body));
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable);
            return answer.StatusCode == HttpStatusCode.OK;
        },
        "the delivery is taken", TimeSpan.FromMinutes(1));

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<int> Count(HttpClient api, Guid id, string what) =>
        (await api.GetFromJsonAsync<JsonElement>($"/episodes/{id}/history")).GetProperty("history").EnumerateArray()
        .Count(line => line.GetProperty("what").GetString() == what);
}
