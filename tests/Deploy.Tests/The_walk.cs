using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Podcast.Deploy.Tests;

/// <summary>deploy/walk, right after the containers were started: their ports are open before anybody answers there.</summary>
public sealed class The_walk : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<string> requests = [];

    public void Dispose() => listener.Dispose();

    [Fact]
    public async Task waits_until_the_system_is_healthy_and_says_so()
    {
        var (exitCode, output, errors) = await Walk(limit: 300, request => request switch
        {
            <= 2 => null,
            <= 4 => "503 Service Unavailable",
            _ => "200 OK",
        });

        exitCode.ShouldBe(0, errors);
        errors.ShouldContain("is not up yet");
        output.ShouldContain("GET /episodes/1/transcript");
        requests.Count(request => request.StartsWith("PUT /upload", StringComparison.Ordinal)).ShouldBe(1);
        requests.Where(request => request.StartsWith("Idempotency-Key: ", StringComparison.Ordinal)).Distinct().Count()
            .ShouldBe(2, "what is asked for again is the same request");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("503 Service Unavailable")]
    public async Task ends_after_its_limit_with_a_word(string? answer)
    {
        var (exitCode, _, errors) = await Walk(limit: 1, _ => answer);

        exitCode.ShouldBe(1);
        errors.ShouldContain("is still not up after 1 s");
    }

    [Fact]
    public async Task waits_for_no_better_answer_to_a_refusal()
    {
        var (exitCode, _, errors) = await Walk(limit: 300, _ => "401 Unauthorized");

        exitCode.ShouldBe(1);
        errors.ShouldContain("Unauthorized body");
        requests.Count(request => request.StartsWith("POST ", StringComparison.Ordinal)).ShouldBe(1);
    }

    private async Task<(int ExitCode, string Output, string Errors)> Walk(int limit, Func<int, string?> status)
    {
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}";
        using var stop = new CancellationTokenSource();
        var serving = Serve(address, status, stop.Token);
        var start = new ProcessStartInfo("bash", [Repository.File("deploy", "walk"), address, Repository.File("README.md")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PODCAST_TOKEN"] = "token", ["PODCAST_WAIT"] = $"{limit}" },
        };

        using var walk = Process.Start(start)!;
        var (output, errors) = (walk.StandardOutput.ReadToEndAsync(), walk.StandardError.ReadToEndAsync());
        if (await Task.WhenAny(walk.WaitForExitAsync(), serving) == serving)
        {
            walk.Kill(entireProcessTree: true);
            await serving; // says why
        }

        await stop.CancelAsync();
        await serving;
        return (walk.ExitCode, await output, await errors);
    }

    /// <summary>Answers the n-th connection with a status and what the ingest API, or Ittybit, would say; null resets it.</summary>
    private async Task Serve(string address, Func<int, string?> status, CancellationToken stop)
    {
        for (var n = 1; !stop.IsCancellationRequested; n++)
        {
            try
            {
                using var connection = await listener.AcceptSocketAsync(stop);
                if (status(n) is not { } words)
                {
                    connection.LingerState = new LingerOption(true, 0);
                    continue;
                }

                await using var stream = new NetworkStream(connection);
                var path = await Read(stream, stop);
                var body = words.StartsWith('2') ? Answer(path, address) : $"{words[4..]} body";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(
                    $"HTTP/1.1 {words}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}"), stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception gone) when (gone is IOException or SocketException)
            {
                // The caller has what it wants.
            }
        }
    }

    private async Task<string> Read(Stream stream, CancellationToken stop)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var (lines, length) = (new List<string>(), 0);
        while (await reader.ReadLineAsync(stop) is { Length: > 0 } line)
        {
            lines.Add(line);
            if (line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.AsSpan(16), CultureInfo.InvariantCulture);
        }

        requests.AddRange(lines);
        if (length > 0)
            await reader.ReadBlockAsync(new char[length], stop);
        return lines[0].Split(' ')[1];
    }

    private static string Answer(string path, string address) => path switch
    {
        "/episodes/prepare-upload" => $$"""{ "id": "1", "upload": { "url": "{{address}}/upload" } }""",
        "/upload" => """{"id":"file_1"}""",
        "/episodes/1" => """{"id":"1","status":"processed","progress":100,"tasks":[]}""",
        _ => "{}",
    };
}
