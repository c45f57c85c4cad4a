using System.Net.Http.Json;
using System.Text.Json;
using Podcast.Testing;

namespace Podcast.FaultRunner.Tests.Fixtures;

/// <summary>The provider's emulator, seen from outside: its dial and its ledger.</summary>
/// <param name="key">For its API; the control needs none.</param>
internal sealed class Provider(Uri address, string key = "") : IDisposable
{
    private const string Control = "/emulators/ittybit/_emulator";

    private readonly HttpClient client = new() { BaseAddress = address };

    /// <summary>Sets the whole dial; what is left out is off.</summary>
    public async Task Behaves(object dial) => (await client.PutAsJsonAsync($"{Control}/chaos", dial)).EnsureSuccessStatusCode();

    /// <summary>How many of the ledger's <c>tasks</c>, <c>requests</c>, or webhooks in a state such as <c>delivered</c> there are.</summary>
    public async Task<long> Count(string what)
    {
        var totals = (await client.GetFromJsonAsync<JsonElement>($"{Control}/ledger?limit=0")).GetProperty("totals");
        return totals.TryGetProperty(what, out var count) ? count.GetInt64()
            : totals.GetProperty("webhooks").TryGetProperty(what, out var webhooks) ? webhooks.GetInt64()
            : 0;
    }

    /// <summary>Waits until there are so many.</summary>
    public Task Counts(string what, long least) => Eventually.Holds(async () => await Count(what) >= least, $"{least} {what} at the provider's", TimeSpan.FromMinutes(2));

    /// <summary>The ids of the tasks that were made for the episode, however many there are of each.</summary>
    public async Task<IReadOnlyList<string>> TasksOf(Guid episode)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/emulators/ittybit/tasks?limit=100") { Headers = { Authorization = new("Bearer", key) } };
        using var answer = await client.SendAsync(request);
        var tasks = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return [.. tasks.EnumerateArray().Where(task => task.GetProperty("options").GetProperty("ref").GetString()!.Contains($"{episode:N}")).Select(task => task.GetProperty("id").GetString()!)];
    }

    public void Dispose() => client.Dispose();
}
