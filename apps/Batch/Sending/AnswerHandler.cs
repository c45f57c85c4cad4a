namespace Podcast.Batch.Sending;

/// <summary>Tells the failure budget of every response. Below the client's retries and the throttle.</summary>
internal sealed class AnswerHandler(FailureBudget failureBudget) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        failureBudget.RecordAnswer();
        return response;
    }
}
