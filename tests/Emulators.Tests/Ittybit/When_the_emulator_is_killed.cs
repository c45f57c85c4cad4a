using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit;

/// <summary>Real processes, really killed (SIGKILL).</summary>
public sealed partial class When_the_emulator_is_killed : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private WebhookReceiver receiver = null!;

    public async Task InitializeAsync() => receiver = await WebhookReceiver.Start();

    public async Task DisposeAsync() => await receiver.DisposeAsync();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task restart_keeps_tasks_webhooks_uploads_files_and_the_dial()
    {
        receiver.Answers = _ => 503;
        string running, told, half;
        await using (var first = await EmulatorProcess.Start(directory.Path, taskTime: "00:01:00"))
        {
            var fileId = await first.Upload(Sample.Episode);
            told = await first.Make(TaskBodies.Audio(await first.Upload("no media"u8.ToArray()), receiver.Url));
            running = await first.Make(TaskBodies.Audio(fileId, receiver.Url));
            half = await first.Sign("raw.bin");
            (await RunningEmulator.Put(new Uri(half), [1, 2, 3], "bytes=0-2/6")).Status.ShouldBe(System.Net.HttpStatusCode.Accepted);
            using var dial = await first.Http.PutAsJsonAsync("_emulator/chaos", new { seed = 4 });
            dial.EnsureSuccessStatusCode();
            await Eventually.Holds(
                async () => (string?)(await first.Get($"tasks/{running}"))["status"] == "processing", "the task started");
            await Eventually.Holds(
                () => receiver.All.Any(delivery => delivery.TaskId == told && delivery.Status == "failed"), "a first attempt");
            first.Kill();
        }

        var before = receiver.All.Count;
        receiver.Answers = _ => 200;
        await using var second = await EmulatorProcess.Start(directory.Path, taskTime: "00:00:00");
        (await receiver.End(running)).Status.ShouldBe("completed");
        await Eventually.Holds(
            () => receiver.All.Skip(before).Any(delivery => delivery.TaskId == told && delivery.Status == "failed"), "another attempt");
        ((int)(await second.Get("_emulator/chaos"))["seed"]!).ShouldBe(4);
        var output = (string?)(await second.Get($"tasks/{running}"))["output"]!["url"];
        (await second.Http.GetByteArrayAsync(new Uri(output!).AbsolutePath)).Length.ShouldBeGreaterThan(10_000);

        var rest = new Uri(second.Http.BaseAddress!, new Uri(half).PathAndQuery);
        var whole = await RunningEmulator.Put(rest, [4, 5, 6], "bytes=3-5/6");
        (await second.Http.GetByteArrayAsync((string?)whole.Json["url"])).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task two_processes_cannot_share_a_directory()
    {
        await using var first = await RunningEmulator.Start(directory: directory.Path);

        var problem = await Should.ThrowAsync<InvalidOperationException>(
            async () => await RunningEmulator.Start(directory: directory.Path));

        problem.Message.ShouldContain("Another process uses the emulator's directory");
    }

    private sealed partial class EmulatorProcess : IAsyncDisposable
    {
        private readonly Process process;

        private EmulatorProcess(Process process, Uri address)
        {
            this.process = process;
            Http = new HttpClient { BaseAddress = new Uri(address, "emulators/ittybit/") };
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningEmulator.Key);
        }

        public HttpClient Http { get; }

        public static async Task<EmulatorProcess> Start(string directory, string taskTime)
        {
            string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Podcast.Emulators.dll"), "--urls", "http://127.0.0.1:0"];
            var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false };
            start.Environment["Emulators__Ittybit__Directory"] = directory;
            start.Environment["Emulators__Ittybit__Media"] = "Simulated";
            start.Environment["Emulators__Ittybit__SimulatedTaskTime"] = taskTime;
            start.Environment["Emulators__Ittybit__WebhookSecret"] = RunningEmulator.Secret;
            start.Environment["Emulators__Ittybit__WebhookFirstRetry"] = "00:00:00.100";
            start.Environment["Emulators__Ittybit__WebhookLongestRetry"] = "00:00:00.200";
            start.Environment["Emulators__Ittybit__WebhookAttempts"] = "500";

            var process = Process.Start(start)!;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (Listening().Match(line) is { Success: true } match)
                {
                    _ = process.StandardOutput.ReadToEndAsync();
                    return new EmulatorProcess(process, new Uri(match.Groups[1].Value));
                }
            }

            throw new InvalidOperationException("The emulator ended before it listened.");
        }

        public async Task<JsonNode> Get(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

        public async Task<string> Sign(string filename) =>
            (string)(await Post("signatures", new JsonObject { ["filename"] = filename, ["method"] = "put" }))["url"]!;

        public async Task<string> Upload(byte[] content) =>
            (string)(await RunningEmulator.Put(new Uri(await Sign("a.mp4")), content)).Json["id"]!;

        public async Task<string> Make(JsonObject task) => (string)(await Post("tasks", task))["id"]!;

        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public ValueTask DisposeAsync()
        {
            Http.Dispose();
            if (!process.HasExited)
                Kill();
            process.Dispose();
            return ValueTask.CompletedTask;
        }

        [GeneratedRegex("Now listening on: (http://[0-9.:]+)")]
        private static partial Regex Listening();

        private async Task<JsonNode> Post(string path, JsonObject body)
        {
            using var answer = await Http.PostAsJsonAsync(path, body);
            return JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
        }
    }
}
