using System.Net;
using Polly.Timeout;
using Refit;

namespace Podcast.Ittybit.Tests.Resilience;

public sealed class When_ittybit_stumbles : IDisposable
{
    private const string Task1 = """{ "id": "task_1", "status": "pending" }""";
    private static readonly HttpRequestException Refused = new(HttpRequestError.ConnectionError);
    private static readonly HttpRequestException Reset = new(HttpRequestError.ResponseEnded);
    private readonly FakeIttybit ittybit = new();

    public void Dispose() => ittybit.Dispose();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task a_read_is_asked_again(int status)
    {
        await using var client = Client.Patient(ittybit.Answers(status).Answers(status).Answers(200, Task1));

        var task = await client.Clock.Run(client.Api.GetTask("task_1"));

        task.Id.ShouldBe("task_1");
        ittybit.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task a_read_is_asked_again_after_any_trouble_of_the_network()
    {
        await using var client = Client.Patient(ittybit.Throws(Refused).Throws(Reset).NeverAnswers().Answers(200, Task1));

        var task = await client.Clock.Run(client.Api.GetTask("task_1"));

        task.Id.ShouldBe("task_1");
        ittybit.Requests.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task a_refusal_is_not_asked_again(int status)
    {
        await using var client = Client.Patient(ittybit.Answers(status).Answers(200, Task1));

        await Should.ThrowAsync<ApiException>(client.Clock.Run(client.Api.GetTask("task_1")));

        ittybit.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task it_is_not_asked_forever()
    {
        await using var client = Client.Patient(ittybit.Answers(500), ("Ittybit:Retries", "2"));

        (await Should.ThrowAsync<ApiException>(client.Clock.Run(client.Api.GetTask("task_1"))))
            .StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        ittybit.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task a_creation_is_asked_again_only_where_nothing_was_made()
    {
        await using var client = Client.Patient(ittybit.Answers(429).Throws(Refused).Answers(201, Task1));

        var task = await client.Clock.Run(client.Create());

        task.Id.ShouldBe("task_1");
        ittybit.Requests.Count.ShouldBe(3);
        ittybit.Requests.Select(request => request.Body).Distinct().ShouldHaveSingleItem().ShouldContain("\"kind\":\"audio\"");
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task creation_with_unclear_outcome_is_not_repeated(int status)
    {
        await using var client = Client.Patient(ittybit.Answers(status).Answers(201, Task1));

        await Should.ThrowAsync<ApiException>(client.Clock.Run(client.Create()));

        ittybit.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task so_is_one_that_was_cut_off_or_not_answered()
    {
        await using var cutOff = Client.Patient(ittybit.Throws(Reset).Answers(201, Task1));
        await Should.ThrowAsync<HttpRequestException>(cutOff.Clock.Run(cutOff.Create()));
        ittybit.Requests.Count.ShouldBe(1);

        var silent = new FakeIttybit().NeverAnswers();
        await using var client = Client.Patient(silent);
        await Should.ThrowAsync<TimeoutRejectedException>(client.Clock.Run(client.Create()));
        silent.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task calls_that_create_nothing_are_retried_like_reads()
    {
        await using var client = Client.Patient(ittybit
            .Answers(500).Answers(200, """{ "url": "https://you.ittybit.net/a?signature=b" }""")
            .Answers(500).Answers(200, """{ "id": "med_1" }"""));

        await client.Clock.Run(client.Api.CreateSignature(new SignatureRequest { Filename = "a" }));
        await client.Clock.Run(client.Api.UpdateMedia("med_1", new MediaRequest { Title = "a" }));

        ittybit.Requests.Count.ShouldBe(4);
    }
}
