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

        var isCovered = dial.AnswersOf == AnswerScope.All
            || HttpMethods.IsPost(http.Request.Method) == (dial.AnswersOf == AnswerScope.Creates);
        if (isCovered && Refusal(dial, dice, http) is { } refusal)
            return FinalAnswer.Of(refusal, dial.Dialect, http.Request, fault: refusal.Kind);

        var answer = (ApiAnswer)(await next(context))!;
        return isCovered && answer is not ApiAnswer.Error
            ? Spoiled(answer, dial, dice, http.Request)
            : FinalAnswer.Of(answer, dial.Dialect, http.Request);
    }

    private ApiAnswer.Error? Refusal(ChaosDial dial, Dice dice, HttpContext http)
    {
        if (dial.PaymentRequired && http.GetEndpoint()?.Metadata.GetMetadata<CostsMoney>() is not null)
            return new ApiAnswer.Error(StatusCodes.Status402PaymentRequired, "payment_required", "The plan's minutes are used up.");
        if (dice.Hit(dial.TooManyRequestsPercent, "too_many_requests"))
            return new ApiAnswer.Error(StatusCodes.Status429TooManyRequests, "too_many_requests", "Too many requests.")
            {
                RetryAfter = RetryAfter(dial),
            };
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
            answer = list with { Items = WrongShapes.Around(list.Items) };

        if (HttpMethods.IsPost(request.Method) && dice.Hit(dial.TimeoutAfterAcceptPercent, "timeout_after_accept"))
            return FinalAnswer.Silence(answer, TimeSpan.FromMilliseconds(dial.TimeoutAfterAcceptHoldMs), clock, "timeout_after_accept");
        if (dial.ServerErrorAfterAccept && dice.Hit(dial.ServerErrorPercent, "server_error"))
            return FinalAnswer.Of(ServerError(dial) with { TaskId = answer.TaskId }, dial.Dialect, request, "server_error_after_accept");
        if (dice.Hit(dial.ResetMidBodyPercent, "reset_mid_body"))
            return FinalAnswer.Half(answer, Body(), isReset: true, "reset_mid_body");
        if (dice.Hit(dial.TruncatedJsonPercent, "truncated_json"))
            return FinalAnswer.Half(answer, Body(), isReset: false, "truncated_json");
        if (dice.Hit(dial.HtmlPercent, "html"))
            return FinalAnswer.Page(answer, "html");
        if (dice.Hit(dial.WrongShapePercent, "wrong_shape"))
            return FinalAnswer.Other(answer, WrongShapes.Of(Body(), (int)(dice.Throw("shape") / 25)), "wrong_shape");
        return FinalAnswer.Of(answer, dial.Dialect, request);

        JsonNode Body() => Envelope.Wrap(answer, dial.Dialect, request);
    }
}

/// <summary>Marks an endpoint that Ittybit charges for; <see cref="ChaosDial.PaymentRequired"/> makes it answer 402.</summary>
internal sealed class CostsMoney;
