namespace Podcast.Emulators.Ittybit.Api;

/// <summary>
/// Writes the answers of the files host and of the control routes, which the ledger and the answer faults do not cover.
/// </summary>
internal sealed class PlainAnswers(ChaosControl chaos) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        return result is ApiAnswer answer ? FinalAnswer.Of(answer, chaos.Dial.Dialect, context.HttpContext.Request) : result;
    }
}
