namespace Podcast.Batch.Verbs;

/// <summary><c>retry --failed</c>: gives failed items another attempt.</summary>
internal static class RetryVerb
{
    public static Command Make(TableOptions table, CliContext context)
    {
        var failed = new Option<bool>("--failed") { Description = "Those that failed. Must be said." };
        var cause = new Option<string?>("--cause") { Description = "Only those that failed of this; `status` lists the causes." };
        var anew = new Option<bool>("--anew") { Description = "Make new tasks even where the old one may still end well." };
        var retry = new Command("retry", "Give failed items another attempt at the next run.") { failed, cause, anew };
        retry.SetAction(async (arguments, cancellationToken) =>
        {
            if (!arguments.GetValue(failed))
                throw new UsageException("Say which: podcast-batch retry --failed, or --failed --cause …");

            await using var backlog = await table.Open(arguments, context, OpenFor.Working, cancellationToken);
            var (pending, dispatched) = await Databases.Explained(
                backlog.Database, () => Retries.Run(backlog, arguments.GetValue(cause), arguments.GetValue(anew), cancellationToken));
            await context.Out.WriteLineAsync(Words(pending, dispatched));
            return ExitCodes.Ok;
        });
        return retry;
    }

    private static string Words(int pending, int dispatched)
    {
        var waiting = dispatched > 0
            ? $" {dispatched} have a task that may have ended by now: `podcast-batch run --resume` asks again, --anew makes new ones."
            : "";
        return pending + dispatched == 0 ? "No failed media of that kind." : $"{pending} failed media are pending again.{waiting}";
    }
}
