namespace Podcast.Batch.Files;

/// <summary>
/// Inserts addresses into the table in chunks of 200. An address that occurs twice, in the file or in the table, is inserted
/// once.
/// </summary>
internal sealed class Import(Backlog backlog, TextWriter errors)
{
    private const int Chunk = 200;
    private const int MostTold = 20;
    private const string Encodings =
        "It must be UTF-8, or UTF-16 with a byte order mark, or the one that --encoding names (latin1, windows-1252 …).";

    private readonly Intake intake = new(backlog);
    private int told;

    public int Added { get; private set; }

    public int Duplicates { get; private set; }

    public int Refused { get; private set; }

    public async Task Run(IEnumerable<(int Line, string Url)> lines, CancellationToken cancellationToken)
    {
        foreach (var chunk in lines.Chunk(Chunk))
            await Take(chunk, cancellationToken);
        if (told > MostTold)
            await errors.WriteLineAsync($"… and {told - MostTold} more.");
    }

    private async Task Take((int Line, string Url)[] chunk, CancellationToken cancellationToken)
    {
        var fresh = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = chunk.Select(line => (line.Line, line.Url, Problem: Problem(line.Url))).ToList();

        // Only valid addresses: the database may refuse the others even as parameters.
        var known = await intake.Known(
            [.. read.Where(line => line.Problem is null).Select(line => line.Url).Distinct()], cancellationToken);
        foreach (var (line, url, problem) in read)
        {
            if (problem is not null)
                Refuse(line, problem);
            else if (known.TryGetValue(url, out var id))
                Repeat(line, $"is media #{id} already");
            else if (!fresh.TryAdd(url, line))
                Repeat(line, $"is the same as line {fresh[url]}");
        }

        try
        {
            Added += await intake.Add(fresh.Keys, cancellationToken);
        }
        catch (Exception exception) when (backlog.Database.IsRowsFault(exception))
        {
            // The database refused a row of this chunk: insert them one by one to find out which.
            foreach (var (url, line) in fresh)
                await TakeOne(line, url, cancellationToken);
        }
    }

    private async Task TakeOne(int line, string url, CancellationToken cancellationToken)
    {
        try
        {
            Added += await intake.Add([url], cancellationToken);
        }
        catch (Exception exception) when (backlog.Database.IsDuplicate(exception))
        {
            Repeat(line, "is there already");
        }
        catch (Exception exception) when (backlog.Database.IsRowsFault(exception))
        {
            Refuse(line, $"The table does not take it: {Databases.Reason(exception)}");
        }
    }

    private static string? Problem(string url) => EncodedText.IsUnreadable(url)
        ? $"'{MediaUrl.Shown(EncodedText.Shown(url))}' is not in the file's encoding. {Encodings}"
        : MediaUrl.Problem(url);

    private void Repeat(int line, string what)
    {
        Duplicates++;
        Tell($"Line {line}: duplicate, {what}.");
    }

    private void Refuse(int line, string problem)
    {
        Refused++;
        Tell($"Line {line}: refused. {problem}");
    }

    private void Tell(string text)
    {
        if (++told <= MostTold)
            errors.WriteLine(text);
    }
}
