namespace Podcast.Emulators.YouTube.Uploads;

/// <summary>Begins and ends uploads.</summary>
internal sealed class UploadSessions(
    Documents documents, UploadFiles files, IEnumerable<IUploadTarget> targets, YouTubeChaos chaos,
    IOptions<YouTubeEmulatorOptions> options, TimeProvider clock)
{
    public UploadSession Start(IUploadTarget target, UploadRequest request, long? total) => documents.Save(
        new UploadSession(NewId.Of("AB"), target.Method.Name, request, total, clock.GetUtcNow()));

    /// <summary>Not null if there is no such session any more.</summary>
    public IResult? Find(string id, out UploadSession session)
    {
        session = documents.Find<UploadSession>(id)!;
        if (session is null)
            return new GoogleError(404, "notFound", "There is no such upload session.");
        var isOld = session.CreatedAt + options.Value.SessionLifetime <= clock.GetUtcNow();
        return session.IsExpired || (isOld && session.Answer is null) ? Expire(session) : null;
    }

    public IResult Expire(UploadSession session)
    {
        if (!session.IsExpired)
            documents.Save(session with { IsExpired = true });
        files.Delete(session.Id);
        return new GoogleError(chaos.Dial.ExpiredSessionStatus, "notFound", "The upload session is expired.");
    }

    public UploadSession Note(UploadSession session, long? total, ReceivedBytes received) => documents.Save(session with
    {
        Total = total,
        Stored = session.Stored + received.Stored,
        Received = [.. session.Received, received],
    });

    /// <summary>Makes the resource of an upload whose bytes are all stored.</summary>
    public async Task<IResult> Finish(UploadSession session, int status, CancellationToken cancellationToken)
    {
        var target = targets.Single(target => target.Method.Name == session.Method);
        var content = await files.Describe(session, cancellationToken);
        var isForgotten = chaos.Next("end_of_session").Hit(chaos.Dial.ForgottenSessionPercent, "forgotten_session");
        var answer = documents.Change(() =>
        {
            var answer = content.Length > target.MaxBytes
                ? new UploadAnswer(null, GoogleError.UploadTooLarge)
                : target.Accept(session.Request, content);
            if (answer.Resource is null)
                documents.Remove<UploadSession>(session.Id);
            else
                documents.Save(session with { Answer = answer.Resource, Total = content.Length, IsExpired = isForgotten });
            return answer;
        });
        if (!answer.IsContentKept)
            files.Delete(session.Id);
        return answer.Error ?? Results.Json(answer.Resource, statusCode: status);
    }
}
