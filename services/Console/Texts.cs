using System.Globalization;
using Podcast.OperatorsConsole.Live;

namespace Podcast.OperatorsConsole;

/// <summary>All English texts of the console, so that they can be read, and mended, in one place.</summary>
internal static partial class Texts
{
    public const string Product = "Podcast";
    public const string SkipToContent = "Skip to content";
    public const string Episodes = "Episodes", Failures = "Failures", Releases = "Releases", System = "System", SignOut = "Sign out";
    public const string Live = "Live", Reconnecting = "Reconnecting", NoScript = "Not live";

    public const string AllEpisodes = "All", Search = "Search", SearchHint = "Title, id or task id";
    public const string Newer = "Newer", Older = "Older", Pages = "Pages", FilterByState = "Filter by state";
    public const string NoneYet = "No episode yet.";
    public const string NoneYetHow = "Make one of the sample, in the repository's folder:";
    public const string NoneYetCommand = "dotnet run --project apps/Standalone -- process samples/episode.mp4";
    public const string NoneFound = "No episode matches.", ShowAll = "Show all episodes";

    public const string WaitsFor = "What it waits for", Outputs = "Outputs", Transcript = "Transcript";
    public const string History = "History", Publishing = "Publishing", Actions = "Actions", Facts = "Facts", Timeline = "Timeline";
    public const string Since = "Since", NextAsked = "Asked about next", GivenUp = "Given up at", AnyMoment = "any moment", Why = "Why";
    public const string NotPublished = "It goes to no channel, or is not processed yet.";
    public const string NothingToDo = "Nothing can be done with it now.";
    public const string OpenFile = "Open", Listen = "Listen", Look = "Watch", NoTimes = "The transcript has no times.";
    public const string Support = "Copy for support", SupportHint = "All that is known, as JSON; keys and signed addresses are removed.";
    public const string Copy = "Copy", Copied = "Copied", Reason = "Reason (kept in the history)";
    public const string Id = "Id", Show = "Show", Created = "Came in", TookFor = "Processed in", Version = "Version", Attempt = "Attempt";
    public const string Optional = "optional", By = "by", PublicAt = "Public at", WaitsUntil = "Next step at";

    public const string NoFailures = "Nothing has failed, and nothing is held.";
    public const string RetryOne = "Retry one first", Cause = "Cause", Example = "An example", Jobs = "Done with many at once";
    public const string NoJobs = "Nothing yet.", Newest = "The newest of them";
    public const string Refused = "not possible", Open = "waiting", WhatBecame = "What became of them";
    public const string NothingIsPlanned = "Nothing is waiting to go out.", UploadAt = "Upload", CaptionsAt = "Captions";
    public const string Lanes = "Providers", CallsPerSecond = "calls per second", NoLimit = "no limit", Resume = "Call again now";
    public const string Health = "Health of the API", AllWell = "All checks pass.", RabbitMq = "RabbitMQ's management UI";
    public const string RabbitMqHint = "Queues, consumers and messages in error queues";

    public const string MessagesTitle = "Messages", WorkQueues = "Queues that services work off", Queue = "Queue", QueueWaiting = "Waiting";
    public const string QueueInWork = "In work", Consumers = "Consumers", Nobody = "nobody", NoFailedMessages = "No message has failed.";
    public const string QueuesUnknown = "How many messages wait, and which failed, is not known.";
    public const string QueuesUnknownHow = "The API needs RabbitMQ's management API for it:";
    public const string QueuesSetting = "Queues__Management=http://user:password@rabbitmq:15672/podcast";
    public const string NoFailedMessage = "No message is in it.", LastTime = "The last", OldestMessages = "The oldest messages", On = "on";
    public const string NoId = "no id", MoveBack = "Move back", SkippedHint = "Nobody understands these messages. Find out who sends them.";
    public const string MovesBack =
        "Puts them back into the queue in which they failed, each once. Repair the cause first, or they fail again.";
    public const string OutboxTitle = "Messages that are not sent", AllSent = "All that is committed is sent.";
    public const string NotSentSince = "Waits since", NotByItself = "It is not tried again by itself.", NextTry = "Next:";
    public const string SendAgain = "Send again";
    public const string SendsAgain = "Tries to send it within seconds, under the id that it had. Repair the cause first.";
    public const string NotKnown = "Not known";
    public const string WhatWasDone = "What was done here";

    public const string SignIn = "Sign in", Token = "Access token", TokenHint = "A bearer token that the API accepts.";
    public const string ApiIsAway = "The API does not answer. Nothing is lost: try again in a moment.";
    public const string ApiIsBusy = "The API cannot answer just now. Try again in a moment.";
    public const string TokenIsRefused = "The API does not accept this token, or no longer.";
    public const string MayNot = "You may not do that.", NotFound = "There is no such thing here, or no longer.";
    public const string NotPossibleNow = "That is not possible now.", NotAccepted = "The API does not accept that.";
    public const string FormIsStale = "This form is too old to be sent.", LoadPageAgain = "Load the page again, and repeat what you did.";
    public const string OnlyFromThisComputer = "This console answers only to who works at this computer.";
    public const string Back = "Back to the episodes";

    public static string ApiFailed(int status) => $"The API failed ({status}).";
    public static string New(int count) => count switch
    {
        1 => "1 new episode",
        < Watch.MostNews => $"{count} new episodes",
        _ => $"{count} or more new episodes",
    };
    public static string OfEpisodes(int count) =>
        count == 1 ? "1 episode" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} episodes");
    public static string HeldOf(int count) => $"{count} held";
    public static string Took(TimeSpan time) => $"Done in {For(time)}.";
    public static string Messages(long count) =>
        count == 1 ? "1 message" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} messages");
    public static string SetAside(int count) => count == 0 ? "None set aside" : $"{count} set aside";
    public static string TriedTimes(int count) => count == 1 ? "Tried once." : $"Tried {count} times.";
    public static string Returned(int count, long left) => left == 0
        ? $"{Messages(count)} moved back."
        : $"{Messages(count)} moved back; {left} came meanwhile, or are left: do it again.";
    public static string RetryAll(int count) => count == 1 ? "Retry" : $"Retry all {count}";
    public static string RetriesAll(int count) => $"This retries {OfEpisodes(count)}, each once. It goes on here if you leave the page.";
    public static string Progress(Api.Job job) => $"{job.Total - job.Open} of {job.Total} {Done(job.Action)}";
    public static string JobTitle(Api.Job job) => job.Action == "retry" ? job.Message : $"{Action(job.Action).Name}: {job.Message}";
    public static string JobHeading(Api.Job job) =>
        job.Action switch { "retry" => "Retry of many", "cancel" => "Cancellation of many", _ => "Letting many go on" };
    public static string DoWithAll(string action, int count) =>
        count == 1 ? Action(action).Name : string.Create(CultureInfo.InvariantCulture, $"{Action(action).Name}: all {count:N0}");
    public static string TooManyAtOnce(int most) => string.Create(
        CultureInfo.InvariantCulture, $"At most {most:N0} episodes are retried or cancelled at once: search for fewer.");
    public static string DoesWithAll(string action, int count) =>
        $"{OfEpisodes(count)} that match, each once, also those on other pages. It goes on here if you leave the page.";
    private static string Done(string action) => action switch { "retry" => "retried", "cancel" => "cancelled", _ => "let go on" };
    public static string Healthy(string status) => status == "healthy" ? AllWell : $"The API is {status}.";
    public static string RateOf(double rate) =>
        rate > 0 ? $"{rate.ToString("0.#", CultureInfo.InvariantCulture)} {CallsPerSecond}" : NoLimit;

    public static string Status(string status) => status switch
    {
        "awaiting_upload" => "Awaiting upload",
        "uploaded" => "Uploaded",
        "processing" => "Processing",
        "completing" => "Completing",
        "processed" => "Processed",
        "held" => "Held",
        "failed" => "Failed",
        "cancelled" => "Cancelled",
        "awaits_approval" => "Needs approval",
        _ => Words(status),
    };

    public static string Kind(string kind) => kind switch
    {
        "audio_extraction" => "Audio",
        "video_transcode" => "Video",
        "transcript_generation" => "Transcript",
        "chapter_detection" => "Chapters",
        "thumbnail" => "Thumbnail",
        "youtube" => "YouTube",
        _ => Words(kind),
    };

    public static string Mark(Parts.StepState state) => state switch
    {
        Parts.StepState.Waiting => "waiting",
        Parts.StepState.Working => "working",
        Parts.StepState.Stuck => "not moving",
        Parts.StepState.Done => "done",
        Parts.StepState.Failed => "failed",
        _ => "cancelled",
    };

    public static string WaitingFor(Api.WaitingPart part) => part.For switch
    {
        "upload" => "The raw video",
        "start" => "Work on it to begin",
        "person" => "A person, to retry, resume or cancel it",
        "provider" => "Ittybit, which is not called just now",
        "task" => $"The {Kind(part.Task ?? "").ToLowerInvariant()}",
        _ => "The transcript to be stored and the outputs to be looked at",
    };

    /// <summary>The name of an action, what it does, and what its button says.</summary>
    public static (string Name, string Does) Action(string action) => action switch
    {
        "retry" => ("Retry", "Tries again what failed."),
        "retry_now" => ("Retry now", "Tries again what failed, and does not wait for what would be tried later."),
        "resume" => ("Let it go on", "Accepts the outputs as they are, and goes on."),
        "cancel" => ("Cancel", "Stops all work on this episode."),
        "approve" => ("Approve", "Lets it become public on this channel."),
        "retract" => ("Retract", "Takes it down from this channel; the item stays there as a draft, or private."),
        _ => ReleaseAction(action) ?? (Words(action), ""),
    };

    public static string AskedFor(string action) => $"{Action(action).Name}: asked for. What it does shows here.";

    /// <summary>A machine's word for people: <c>task_started</c> is "Task started".</summary>
    public static string Words(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..].Replace('_', ' ');

    public static string Ago(TimeSpan time) => time < TimeSpan.FromSeconds(10) ? "just now" : $"{For(time)} ago";

    public static string For(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "a moment",
        { TotalMinutes: < 1 } => $"{(int)time.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(int)time.TotalHours} h",
        _ => $"{(int)time.TotalDays} days",
    };
}
