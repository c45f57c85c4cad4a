using System.Net.Http.Headers;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>
/// Receives uploads in ranges: in any order, in parallel, repeated, and across restarts. A range counts as received after
/// its bytes are in the file. The range that completes the upload is answered with the file, and so is a repeated range
/// after it.
/// </summary>
internal sealed class RangeUploads(StateFile state, EmulatorDirectory directory, FileStore files, Library library)
{
    private readonly HashSet<string> finishing = [];

    /// <param name="signature">The query of the signed URL; each signature has its own upload.</param>
    public async Task<ApiAnswer> Receive(
        string path, string signature, ContentRange range, Stream body, Wire wire, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path + signature)));
        var upload = Begin(name, range.Total);
        if (upload.Total != range.Total)
            return ApiAnswer.Invalid($"The upload was begun with {upload.Total} bytes in all, not {range.Total}.");
        if (upload.FileId is not null && files.Find(upload.FileId) is { } complete)
            return await IsIn(complete, range, body, cancellationToken)
                ? ApiAnswer.Created(wire.Write(complete))
                : new ApiAnswer.Error(StatusCodes.Status409Conflict, "upload_complete", "That upload is complete, with other content.");

        await using (var content = new FileStream(directory.Upload(name), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
        {
            content.Position = range.From;
            if (await Intake.Copy(body, content, range.Length, cancellationToken) != range.Length)
                return ApiAnswer.Invalid($"The body does not have the {range.Length} bytes that Content-Range says.");
        }

        var received = Note(name, range);
        if (received == range.Total && TryFinish(name))
            return ApiAnswer.Created(wire.Write(await Finish(name, path)));
        return new ApiAnswer.One(
            StatusCodes.Status202Accepted, new JsonObject { ["status"] = "partial", ["received"] = received, ["total"] = range.Total });
    }

    /// <summary>Whether the complete file has the same bytes in that range.</summary>
    private async Task<bool> IsIn(StoredFile file, ContentRange range, Stream body, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(directory.Blob(file.Blob));
        content.Position = range.From;
        var (given, kept) = (new byte[16 * 1024], new byte[16 * 1024]);
        long total = 0;
        int read;
        while ((read = await body.ReadAsync(given, cancellationToken)) > 0)
        {
            total += read;
            if (total > range.Length || await content.ReadAtLeastAsync(kept.AsMemory(0, read), read, false, cancellationToken) != read
                || !given.AsSpan(0, read).SequenceEqual(kept.AsSpan(0, read)))
                return false;
        }

        return total == range.Length;
    }

    private Row Begin(string name, long total) => state.Change(_ =>
    {
        state.Execute("INSERT OR IGNORE INTO uploads (name, total, ranges) VALUES (@name, @total, '[]')", new { name, total });

        // Without content the process crashed in Finish, after the move of the content and before the file id was stored.
        if (!File.Exists(directory.Upload(name)) && !finishing.Contains(name))
            state.Execute("UPDATE uploads SET ranges = '[]' WHERE name = @name AND file_id IS NULL", new { name });
        return Find(name);
    });

    private Row Find(string name) =>
        state.Single<Row>("SELECT total, ranges, file_id AS fileId FROM uploads WHERE name = @name", new { name })!;

    /// <summary>Records a received range and returns the number of received bytes.</summary>
    private long Note(string name, ContentRange range) => state.Change(_ =>
    {
        var ranges = Union([.. JsonSerializer.Deserialize<List<long[]>>(Find(name).Ranges)!, [range.From, range.To]]);
        state.Execute("UPDATE uploads SET ranges = @ranges WHERE name = @name", new { name, ranges = JsonSerializer.Serialize(ranges) });
        return ranges.Sum(one => one[1] - one[0] + 1);
    });

    /// <summary>True for only one of several ranges that complete the upload at the same time.</summary>
    private bool TryFinish(string name) => state.Change(_ => Find(name).FileId is null && finishing.Add(name));

    private async Task<StoredFile> Finish(string name, string path)
    {
        try
        {
            var content = directory.NewWorkFile();
            File.Move(directory.Upload(name), content);
            var file = await library.AddSource(FilePath.Of(path), content, default, CancellationToken.None);
            state.Execute("UPDATE uploads SET file_id = @Id WHERE name = @name", new { file.Id, name });
            return file;
        }
        finally
        {
            state.Change(_ => finishing.Remove(name));
        }
    }

    private static List<long[]> Union(List<long[]> ranges)
    {
        var union = new List<long[]>();
        foreach (var range in ranges.OrderBy(range => range[0]))
        {
            if (union.Count > 0 && range[0] <= union[^1][1] + 1)
                union[^1][1] = Math.Max(union[^1][1], range[1]);
            else
                union.Add([range[0], range[1]]);
        }

        return union;
    }

    private sealed record Row(long Total, string Ranges, string? FileId);
}

/// <summary>
/// The bytes of a file that a PUT contains; both ends are inclusive. Ittybit's guide writes <c>bytes=0-99/200</c>, HTTP
/// <c>bytes 0-99/200</c>.
/// </summary>
internal readonly record struct ContentRange(long From, long To, long Total)
{
    public long Length => To - From + 1;

    /// <summary>Reads the header; false if it is present but invalid.</summary>
    public static bool TryRead(string? header, out ContentRange? range)
    {
        range = null;
        if (string.IsNullOrEmpty(header))
            return true;

        if (ContentRangeHeaderValue.TryParse(header.Replace("bytes=", "bytes ", StringComparison.Ordinal), out var value)
            && value is { Unit: "bytes", From: { } from, To: { } to, Length: { } total })
            range = new ContentRange(from, to, total);
        return range is not null;
    }
}
