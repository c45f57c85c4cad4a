using System.Net;
using Podcast.Throttling;

namespace Podcast.Transistor.Tests;

public sealed class When_a_call_fails
{
    [Theory]
    [InlineData(400, TransistorFailureKind.Final)]
    [InlineData(403, TransistorFailureKind.Final)]
    [InlineData(404, TransistorFailureKind.Final)]
    [InlineData(422, TransistorFailureKind.Final)]
    [InlineData(401, TransistorFailureKind.LaneBlocked)]
    [InlineData(429, TransistorFailureKind.LaneBlocked)]
    [InlineData(302, TransistorFailureKind.Transient)]
    [InlineData(408, TransistorFailureKind.Transient)]
    [InlineData(500, TransistorFailureKind.Transient)]
    [InlineData(503, TransistorFailureKind.Transient)]
    public async Task the_status_says_what_to_do(int status, TransistorFailureKind kind)
    {
        var failure = await FailureOf(status, "");

        (failure.Kind, failure.StatusCode).ShouldBe((kind, status));
        failure.Message.ShouldEndWith($"({status}).");
        failure.Advice.ShouldEndWith(".");
        failure.RetryAfter.ShouldBe(status == 429 ? TimeSpan.FromSeconds(10) : null);
    }

    [Theory]
    [InlineData("""{"errors":[{"title":"Show can't be blank"}]}""", ": Show can't be blank")]
    [InlineData("""{"errors":[{"title":"Show can't be blank"},{"title":"Type is wrong"}]}""", ": Show can't be blank; Type is wrong")]
    [InlineData("""{"errors":["Show can't be blank"]}""", ": Show can't be blank")]
    [InlineData("""{"message":"Show can't be blank"}""", ": Show can't be blank")]
    [InlineData("""{"error":"Show can't be blank","status":422}""", ": Show can't be blank")]
    [InlineData("""{"errors":[]}""", ".")]
    [InlineData("""{"errors":[7,null,{"title":null}],"message":{}}""", ".")]
    [InlineData("""{"errors":[{"title":"half a pair: \ud83d"}]}""", ".")]
    [InlineData("null", ".")]
    [InlineData("[]", ".")]
    [InlineData("<html>Bad request</html>", ".")]
    public async Task the_reason_is_read_from_both_forms(string body, string reason) =>
        (await FailureOf(422, body)).Message.ShouldBe("Transistor refused (422)" + reason);

    [Fact]
    public async Task a_refused_key_says_where_the_right_one_is()
    {
        var failure = await FailureOf(401, """{"message":"Unauthorized"}""");

        (failure.Message, failure.Advice).ShouldBe((
            "Transistor refused the key (401): Unauthorized",
            "Set TRANSISTOR_API_KEY to the key on Transistor's Account page, API Access."));
    }

    [Fact]
    public async Task no_secret_is_in_the_message()
    {
        var failure = await FailureOf(
            422,
            $$"""{"message":"Key {{Client.Key}} cannot\nput https://me:pw@r2.test/a.mp3?X-Amz-Expires=600&X-Amz-Signature=abc now"}""");

        failure.Message.ShouldBe("Transistor refused (422): Key … cannot put https://…@r2.test/a.mp3?… now");
        (await FailureOf(422, $$"""{"message":"{{new string('x', 1000)}}"}""")).Message.Length.ShouldBeLessThan(330);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":{"id":"1"}}""")]
    [InlineData("""{"data":{"id":null,"attributes":{}}}""")]
    [InlineData("""{"data":{"id":"1","attributes":""")]
    [InlineData("<html>Welcome</html>")]
    public async Task unreadable_successes_are_neither_success_nor_refusal(string body)
    {
        var failure = await FailureOf(200, body);

        failure.Kind.ShouldBe(TransistorFailureKind.Transient);
        failure.Message.ShouldStartWith("Transistor's answer cannot be read");
    }

    public static TheoryData<Exception, TransistorFailureKind, string> Thrown => new()
    {
        { new HeldBackException("The lane is closed.", TimeSpan.FromMinutes(1)), TransistorFailureKind.LaneBlocked, "The lane is closed." },
        { new IOException("/tmp/socket"), TransistorFailureKind.Transient, "The connection to Transistor broke." },
        { new TimeoutException(), TransistorFailureKind.Transient, "Transistor did not answer in time." },
        { new TaskCanceledException("", new TimeoutException()), TransistorFailureKind.Transient, "Transistor did not answer in time." },
        { new HttpRequestException("Refused (a:443)"), TransistorFailureKind.Transient, "Transistor cannot be reached: Refused (a:443)" },
        { new InvalidOperationException("secret"), TransistorFailureKind.Transient, "The call to Transistor failed: InvalidOperationException." },
    };

    [Theory]
    [MemberData(nameof(Thrown))]
    public async Task exceptions_of_handlers_are_told_apart(Exception thrown, TransistorFailureKind kind, string message)
    {
        await using var client = new Client(new FakeTransistor(0, "", thrown));

        var caught = await Record.ExceptionAsync(() => client.Api.GetUser());

        var failure = TransistorFailure.Of(caught!);
        (failure.Kind, failure.Message).ShouldBe((kind, message));
        failure.RetryAfter.ShouldBe(thrown is HeldBackException ? TimeSpan.FromMinutes(1) : null);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, TransistorFailureKind.Transient)]
    [InlineData(HttpStatusCode.ServiceUnavailable, TransistorFailureKind.Transient)]
    [InlineData(HttpStatusCode.BadRequest, TransistorFailureKind.Final)]
    public void refused_uploads_are_judged_by_their_status(HttpStatusCode status, TransistorFailureKind kind) =>
        TransistorFailure.Of(new HttpRequestException("", null, status)).Kind.ShouldBe(kind);

    private static async Task<TransistorFailure> FailureOf(int status, string body)
    {
        await using var client = new Client(new FakeTransistor(status, body));
        return TransistorFailure.Of(await Should.ThrowAsync<Exception>(() => client.Api.GetEpisode("1")));
    }
}
