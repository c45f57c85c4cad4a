using System.Collections.Concurrent;

namespace Podcast.Emulators.YouTube.Uploads;

/// <summary>
/// Google's resumable protocol on a session URI: chunks are answered 308 with the stored range, the last one 201 with the
/// resource. A finished session answers 200 with the resource, also to a status query.
/// </summary>
/// <remarks>Source: developers.google.com/youtube/v3/guides/using_resumable_upload_protocol.</remarks>
internal sealed class ResumableUploads(UploadSessions sessions, UploadFiles files, YouTubeChaos chaos)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new();

    public static bool IsSessionUri(HttpRequest request) => HttpMethods.IsPut(request.Method) && request.Query.ContainsKey("upload_id");

    public async Task<IResult> Put(HttpContext http)
    {
        var id = http.Request.Query["upload_id"].ToString();
        var gate = gates.GetOrAdd(id, _ => new SemaphoreSlim(1)); // a client asks for the status while its broken chunk is still read
        await gate.WaitAsync(http.RequestAborted);
        try
        {
            if (sessions.Find(id, out var session) is { } gone)
                return gone;
            return session.Answer is { } answer ? Results.Json(answer) : await Put(http, session);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<IResult> Put(HttpContext http, UploadSession session)
    {
        if (UploadRange.Of(http.Request) is not { IsWellFormed: true } range)
            return GoogleError.BadRequest("Content-Range is invalid, or the chunk is neither the last nor a multiple of 262144 bytes.");
        if (session.Total is { } known && range.Total is { } told && known != told)
            return GoogleError.BadRequest($"The upload was begun with {known} bytes, not {told}.");
        if (range.IsQuery)
            return session.Stored == (range.Total ?? session.Total)
                ? await sessions.Finish(session, StatusCodes.Status201Created, http.RequestAborted)
                : new ResumeIncomplete(session);
        if (range.From > session.Stored)
            return GoogleError.BadRequest($"The chunk begins at {range.From}, but only {session.Stored} bytes are stored.");
        return await Store(http, session, range);
    }

    private async Task<IResult> Store(HttpContext http, UploadSession session, UploadRange range)
    {
        var fate = chaos.NextChunk();
        if (fate == ChunkFate.Expires)
            return sessions.Expire(session);

        var repeated = session.Stored - range.From;
        var limit = fate.Limit((range.Length ?? session.Total ?? long.MaxValue) - repeated);
        var appended = await files.Append(session.Id, session.Stored, http.Request.Body, repeated, limit, http.RequestAborted);
        var isWholeBody = range.Length is null && fate == ChunkFate.Stored && !appended.IsBroken;
        session = sessions.Note(
            session,
            range.Total ?? session.Total ?? (isWholeBody ? appended.Sent : null),
            new ReceivedBytes(range.From, appended.Sent, appended.Written, Math.Min(appended.Sent, repeated)));

        return fate switch
        {
            ChunkFate.Fails => GoogleError.BackendError,
            ChunkFate.IsReset => new ConnectionReset(),
            _ when session.Stored == session.Total =>
                await sessions.Finish(session, StatusCodes.Status201Created, CancellationToken.None),
            _ => new ResumeIncomplete(session),
        };
    }

    /// <summary>308 Resume Incomplete; without Range if nothing is stored.</summary>
    private sealed class ResumeIncomplete(UploadSession session) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            httpContext.Response.Headers["X-GUploader-UploadID"] = session.Id;
            if (session.Stored > 0)
                httpContext.Response.Headers.Range = $"bytes=0-{session.Stored - 1}";
            return Task.CompletedTask;
        }
    }
}
