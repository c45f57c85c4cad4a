using Microsoft.Extensions.Options;
using Podcast.Emulators.Ittybit.Api;

namespace Podcast.Emulators.Ittybit.Ledger;

/// <summary>Writes every API request into the ledger, when it comes and again when its answer is known, refused ones too.</summary>
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
        ledger.End(seq, answer.Status, answer.Fault, answer.TaskId);
        return answer;
    }

    private static string? OptionsRef(JsonBody? body) =>
        body?.Value?["options"] is System.Text.Json.Nodes.JsonObject options ? new JsonBody(options).Text("ref") : null;
}
