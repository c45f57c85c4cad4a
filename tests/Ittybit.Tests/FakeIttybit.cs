using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Podcast.Ittybit.Tests;

/// <summary>Stands where the network would: remembers requests and gives the answers it was told, the last one for good.</summary>
internal sealed class FakeIttybit : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> answers = new();

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public Asked Last => Requests.Last();

    public FakeIttybit Answers(int status, string body = "", params (string Name, string Value)[] headers) =>
        Does(_ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            foreach (var (name, value) in headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return Task.FromResult(response);
        });

    public FakeIttybit Throws(Exception exception) => Does(_ => throw exception);

    public FakeIttybit NeverAnswers() => Does(async cancellationToken =>
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Cannot come here.");
    });

    public FakeIttybit Does(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        answers.Enqueue(answer);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Reading the body would give it a length.
        var length = request.Content?.Headers.ContentLength;
        Requests.Enqueue(new Asked(
            request.Method.Method,
            request.RequestUri!,
            request.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value)),
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
            length));

        var answer = answers.Count > 1 && answers.TryDequeue(out var next) ? next : answers.First();
        var response = await answer(cancellationToken);
        response.RequestMessage = request;
        return response;
    }
}

internal sealed record Asked(string Method, Uri Uri, Dictionary<string, string> Headers, string Body, long? Length);
