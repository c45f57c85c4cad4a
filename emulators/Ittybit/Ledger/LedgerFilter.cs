namespace Podcast.Emulators.Ittybit.Ledger;

/// <summary>
/// Records every API request in the ledger on arrival, also refused ones, and adds the answer when it is known.
/// </summary>
internal sealed class LedgerFilter(LedgerStore ledger, IOptions<IttybitEmulatorOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var body = context.Arguments.OfType<JsonBody>().FirstOrDefault();
        var seq = ledger.Begin(
            new LedgerEntry
            {
                Method = request.Method,
                Path = request.Path.Value![options.Value.Prefix.Length..],
                IdempotencyKey = request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null,
                Ref = body?.Text("ref") ?? OptionsRef(body),
                Kind = body?.Text("kind"),
                Source = body?.Text("file_id") ?? body?.Text("url") ?? body?.Text("input"),
            },
            HttpMethods.IsPost(request.Method));

        var answer = (FinalAnswer)(await next(context))!;
        ledger.End(seq, answer);
        return answer;
    }

    private static string? OptionsRef(JsonBody? body) =>
        body?.Value?["options"] is JsonObject options ? new JsonBody(options).Text("ref") : null;
}
