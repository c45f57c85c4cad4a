namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>Applies the dial's faults to requests and answers, and turns the result of a handler into the response.</summary>
internal sealed class AnswerFaults(ChaosControl chaos, TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var dial = chaos.Dial;
        var dice = chaos.NextRequest();

        if (dial.AnswerDelayMs > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(dial.AnswerDelayMs), clock, http.RequestAborted);

        if (!Covers(dial.AnswersOf, http.Request.Method))
            return FinalAnswer.Of((ApiAnswer)(await next(context))!, dial.Dialect, http.Request);

        if (Refusal(dial, dice, http) is { } refusal)
            return FinalAnswer.Of(refusal, dial.Dialect, http.Request, fault: refusal.Kind);

        var answer = (ApiAnswer)(await next(context))!;
        return answer is ApiAnswer.Error ? FinalAnswer.Of(answer, dial.Dialect, http.Request) : Spoiled(answer, dial, dice, http.Request);
    }

    private static bool Covers(AnswerScope scope, string method) =>
        scope == AnswerScope.All || HttpMethods.IsPost(method) == (scope == AnswerScope.Creates);

    private ApiAnswer.Error? Refusal(ChaosDial dial, Dice dice, HttpContext http)
    {
        if (dial.PaymentRequired && http.GetEndpoint()?.Metadata.GetMetadata<CostsMoney>() is not null)
            return new ApiAnswer.Error(StatusCodes.Status402PaymentRequired, "payment_required", "The plan's minutes are used up.");
        if (dice.Hit(dial.TooManyRequestsPercent, "too_many_requests"))
            return new ApiAnswer.Error(StatusCodes.Status429TooManyRequests, "too_many_requests", "Too many requests.") { RetryAfter = RetryAfter(dial) };
        return !dial.ServerErrorAfterAccept && dice.Hit(dial.ServerErrorPercent, "server_error") ? ServerError(dial) : null;
    }

    private string? RetryAfter(ChaosDial dial) => dial.RetryAfter switch
    {
        RetryAfterForm.Seconds => dial.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture),
        RetryAfterForm.Date => clock.GetUtcNow().AddSeconds(dial.RetryAfterSeconds).ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static ApiAnswer.Error ServerError(ChaosDial dial) => new(dial.ServerErrorStatus, "internal_error", "Something went wrong.");

    private FinalAnswer Spoiled(ApiAnswer answer, ChaosDial dial, Dice dice, HttpRequest request)
    {
        if (answer is ApiAnswer.Many list && dice.Hit(dial.ForeignElementsPercent, "foreign_elements"))
            answer = list with { Items = ForeignElements.Around(list.Items) };
        var body = Envelope.Wrap(answer, dial.Dialect, request);
        var task = answer.TaskId;

        if (HttpMethods.IsPost(request.Method) && dice.Hit(dial.TimeoutAfterAcceptPercent, "timeout_after_accept"))
            return new FinalAnswer.Silence(TimeSpan.FromMilliseconds(dial.TimeoutAfterAcceptHoldMs), clock, "timeout_after_accept", task);
        if (dial.ServerErrorAfterAccept && dice.Hit(dial.ServerErrorPercent, "server_error"))
            return FinalAnswer.Of(ServerError(dial) with { TaskId = task }, dial.Dialect, request, fault: "server_error_after_accept");
        if (dice.Hit(dial.ResetMidBodyPercent, "reset_mid_body"))
            return new FinalAnswer.Half(answer.Status, body, Reset: true, "reset_mid_body", task);
        if (dice.Hit(dial.TruncatedJsonPercent, "truncated_json"))
            return new FinalAnswer.Half(answer.Status, body, Reset: false, "truncated_json", task);
        if (dice.Hit(dial.HtmlPercent, "html"))
            return new FinalAnswer.Page("html", task);
        if (dice.Hit(dial.WrongShapePercent, "wrong_shape"))
            return new FinalAnswer.Json(answer.Status, WrongShape.Of(body, (int)(dice.Throw("shape") / 25)), "wrong_shape", task);
        return new FinalAnswer.Json(answer.Status, body, Fault: null, task, Envelope.Headers(answer, dial.Dialect, request));
    }

    /// <summary>Makes valid JSON of another shape than documented.</summary>
    private static class WrongShape
    {
        public static JsonNode Of(JsonNode body, int which) => (which, body) switch
        {
            (0, JsonObject one) => With(one, null),
            (1, JsonObject one) => With(one, JsonValue.Create(42)),
            (2, _) => new JsonObject { ["data"] = body.DeepClone() },
            _ => new JsonArray(body.DeepClone()),
        };

        private static JsonObject With(JsonObject body, JsonNode? id)
        {
            body["id"] = id;
            return body;
        }
    }
}
