using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

[Collection(nameof(In_many_processes))]
public sealed class When_ittybit_wants_money(In_many_processes.Running running)
{
    [Fact]
    public async Task payment_refusal_pauses_all_processes_until_a_resume()
    {
        var podcast = running.Podcast;
        using var api = new HttpClient { BaseAddress = podcast.Ingest };
        var upload = await Walk.Upload(api);
        await podcast.Chaos(new { payment_required = true });
        await Walk.Confirm(api, upload);

        await Eventually.Holds(async () => await Why(api, upload.Id) is { } why && why.Contains("asks for payment (402)", StringComparison.Ordinal), "the episode says why it waits", TimeSpan.FromMinutes(2));
        await Eventually.Holds( // what the API knows of the lane may be a second old
            async () => (await api.GetFromJsonAsync<JsonElement>("/lanes/ittybit")).GetProperty("state").GetString() == "paused", "the lane is paused");
        using (var health = await api.GetAsync("/health"))
        {
            health.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await health.Content.ReadAsStringAsync()).ShouldContain("asks for payment (402)");
        }

        await podcast.Chaos();
        using var resumed = await api.PostAsJsonAsync("/lanes/ittybit/resume", new { why = "the invoice is paid" });
        resumed.StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Walk.End(api, upload.Id)).GetProperty("status").GetString().ShouldBe("processed");
        var history = await api.GetFromJsonAsync<JsonElement>($"/episodes/{upload.Id}/history");
        history.GetProperty("history").EnumerateArray().Select(line => line.GetProperty("what").GetString()).ShouldNotContain("task_failed");
        var ledger = await podcast.Ledger();
        ledger.GetProperty("repeated").GetArrayLength().ShouldBe(0);
        ledger.GetProperty("totals").GetProperty("faults").GetProperty("payment_required").GetInt32().ShouldBeLessThan(10); // what was out already
    }

    private static async Task<string?> Why(HttpClient api, Guid id) =>
        (await api.GetFromJsonAsync<JsonElement>($"/episodes/{id}")).GetProperty("waiting_for").GetString();
}
