using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Refit;

namespace Podcast.Refit.Tests;

public class When_an_answer_is_read(EchoServer server) : IClassFixture<EchoServer>
{
    private readonly IThings things = RestService.For<IThings>(server.Anew().Client());

    [Fact]
    public async Task json_becomes_an_object()
    {
        server.Answers(200, """{"NAME":"ring","day":"friday"}""");

        (await things.Read("1")).ShouldBe(new Thing("ring", Day: DayOfWeek.Friday));
    }

    [Fact]
    public async Task text_and_streams_come_as_they_are()
    {
        server.Answers(200, """ "ring" """);

        (await things.Text()).ShouldBe(""" "ring" """);
        using var reader = new StreamReader(await things.Stream());
        (await reader.ReadToEndAsync()).ShouldBe(""" "ring" """);
    }

    [Fact]
    public async Task a_method_without_a_result_ignores_the_body()
    {
        server.Answers(200, "{ broken");

        await things.Delete("1");

        server.Last.Method.ShouldBe("DELETE");
    }

    [Fact]
    public async Task a_refusal_is_an_exception_that_tells_all()
    {
        server.Answer = context =>
        {
            context.Response.StatusCode = 422;
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsync("""{"name":"too big"}""");
        };

        var refusal = await Should.ThrowAsync<ApiException>(things.Create(new Thing("ring")));

        refusal.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refusal.ReasonPhrase.ShouldBe("Unprocessable Entity");
        refusal.Message.ShouldBe("Response status code does not indicate success: 422 (Unprocessable Entity).");
        refusal.HasContent.ShouldBeTrue();
        refusal.Content.ShouldBe("""{"name":"too big"}""");
        (await refusal.GetContentAsAsync<Thing>()).ShouldBe(new Thing("too big"));
        refusal.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        refusal.HttpMethod.ShouldBe(HttpMethod.Post);
        refusal.Uri!.AbsolutePath.ShouldBe("/things");
        refusal.RequestMessage.Headers.GetValues("X-Api").ShouldBe(["things"]);
    }

    [Fact]
    public async Task a_refusal_of_a_method_without_a_result_is_one_too()
    {
        server.Answers(404, "");

        var refusal = await Should.ThrowAsync<ApiException>(things.Delete("1"));

        refusal.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        refusal.HasContent.ShouldBeFalse();
        (await refusal.GetContentAsAsync<Thing>()).ShouldBeNull();
    }

    [Theory]
    [InlineData("{ \"name\": ", "application/json")]
    [InlineData("<html>maintenance</html>", "text/html")]
    [InlineData("", "application/json")]
    public async Task a_success_that_cannot_be_read_is_a_refusal_with_its_status(string body, string type)
    {
        server.Answers(200, body, type);

        var refusal = await Should.ThrowAsync<ApiException>(things.Read("1"));

        refusal.StatusCode.ShouldBe(HttpStatusCode.OK);
        refusal.InnerException.ShouldBeOfType<JsonException>();
    }

    [Fact]
    public async Task the_message_itself_is_never_a_refusal()
    {
        server.Answers(500, "oops");

        using var message = await things.Message();

        message.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await message.Content.ReadAsStringAsync()).ShouldBe("oops");
    }

    [Fact]
    public async Task a_response_holds_status_headers_and_body()
    {
        server.Answer = context =>
        {
            context.Response.StatusCode = 201;
            context.Response.Headers["X-Made"] = "yes";
            return context.Response.WriteAsJsonAsync(new Thing("ring"));
        };

        using var response = await things.Response();
        using var concrete = await things.ConcreteResponse();

        response.IsSuccessful.ShouldBeTrue();
        response.IsSuccessStatusCode.ShouldBeTrue();
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.GetValues("X-Made").ShouldBe(["yes"]);
        response.Content.ShouldBe(new Thing("ring"));
        response.Error.ShouldBeNull();
        concrete.Content.ShouldBe(response.Content);
        (await concrete.EnsureSuccessfulAsync()).ShouldBeSameAs(concrete);
    }

    [Fact]
    public async Task a_response_holds_the_refusal_instead_of_throwing_it()
    {
        server.Answers(409, """{"name":"there"}""");

        using var response = await things.ConcreteResponse();

        response.IsSuccessful.ShouldBeFalse();
        response.Content.ShouldBeNull();
        response.Error!.Content.ShouldBe("""{"name":"there"}""");
        (await Should.ThrowAsync<ApiException>(response.EnsureSuccessStatusCodeAsync())).ShouldBeSameAs(response.Error);
    }

    [Fact]
    public async Task a_response_that_cannot_be_read_is_not_successful_whatever_its_status()
    {
        server.Answers(200, "{ broken");

        using var response = await things.ConcreteResponse();

        response.IsSuccessStatusCode.ShouldBeTrue();
        response.IsSuccessful.ShouldBeFalse();
        response.Error!.InnerException.ShouldBeOfType<JsonException>();
        await Should.ThrowAsync<ApiException>(response.EnsureSuccessfulAsync());
        (await response.EnsureSuccessStatusCodeAsync()).ShouldBeSameAs(response);
    }

    [Fact]
    public async Task the_settings_say_what_is_a_refusal()
    {
        var settings = new RefitSettings
        {
            ExceptionFactory = response => Task.FromResult<Exception?>(
            response.StatusCode == HttpStatusCode.Accepted ? new NotSupportedException("not yet") : null)
        };
        var patient = RestService.For<IThings>(server.Client(), settings);

        server.Answers(202, "{}");
        await Should.ThrowAsync<NotSupportedException>(patient.Read("1"));

        server.Answers(500, """{"name":"still read"}""");
        (await patient.Read("1")).Name.ShouldBe("still read");
    }

    [Fact]
    public async Task a_cancelled_call_ends()
    {
        var asked = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();
        server.Answer = context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        var call = things.ReadPart(1, "lid", cancellation.Token);
        await asked.Task;
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
    }

    [Fact]
    public async Task what_the_network_throws_comes_as_it_is()
    {
        server.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        await Should.ThrowAsync<HttpRequestException>(things.Read("1"));
    }
}
