using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>
/// How badly the emulator behaves; as JSON at <c>{prefix}/_emulator/chaos</c> with snake_case names. Everything is off by
/// default. A percentage is the share (0–100) of what it names; whom it hits depends only on <see cref="Seed"/> and on the
/// how-manieth task or request it is since the dial was set, so that a run can be had again.
/// </summary>
public sealed record ChaosDial
{
    /// <summary>Chooses whom the percentages hit.</summary>
    public int Seed { get; init; }

    /// <summary>Words and shapes of answers and webhooks.</summary>
    public Dialect Dialect { get; init; } = Dialect.G2;

    // ---- webhooks -------------------------------------------------------------------------------------------------

    /// <summary>The webhook's body; by default the one that goes with <see cref="Dialect"/>.</summary>
    public WebhookShape WebhookShape { get; init; }

    /// <summary>Webhooks that are sent more than once.</summary>
    [Range(0, 100)]
    public double DuplicatePercent { get; init; }

    /// <summary>How many copies those get beside the first.</summary>
    [Range(1, 1000)]
    public int DuplicateCopies { get; init; } = 1;

    /// <summary>How much later the copies leave, in milliseconds; 0: all at once. A long time makes a replay.</summary>
    [Range(0, 86_400_000)]
    public int DuplicateDelayMs { get; init; }

    /// <summary>Webhooks that are never sent.</summary>
    [Range(0, 100)]
    public double DropPercent { get; init; }

    /// <summary>Tasks whose completion is told before the call that creates them is answered (it waits at most 10 s).</summary>
    [Range(0, 100)]
    public double EarlyPercent { get; init; }

    /// <summary>Tasks whose "processing" is told after their completion.</summary>
    [Range(0, 100)]
    public double ReorderPercent { get; init; }

    /// <summary>Completions that are told with <c>"output": null</c>, though the task has an output.</summary>
    [Range(0, 100)]
    public double BareWebhookPercent { get; init; }

    /// <summary>Completed tasks that are told to have failed as well, afterwards and well signed.</summary>
    [Range(0, 100)]
    public double ContradictPercent { get; init; }

    /// <summary>Tasks about whose end somebody else lies first: wrong outcome, wrong signature or none.</summary>
    [Range(0, 100)]
    public double ForgePercent { get; init; }

    /// <summary>The time between an event and its webhook, in milliseconds.</summary>
    [Range(0, 3_600_000)]
    public int WebhookDelayMs { get; init; }

    // ---- answers --------------------------------------------------------------------------------------------------

    /// <summary>The requests that the faults below hit.</summary>
    public AnswerScope AnswersOf { get; init; }

    /// <summary>The time before a request is looked at, in milliseconds.</summary>
    [Range(0, 600_000)]
    public int AnswerDelayMs { get; init; }

    /// <summary>Requests answered 429, and not carried out.</summary>
    [Range(0, 100)]
    public double TooManyRequestsPercent { get; init; }

    /// <summary>What a 429 says about when to come back.</summary>
    public RetryAfterForm RetryAfter { get; init; } = RetryAfterForm.Seconds;

    /// <summary>When to come back.</summary>
    [Range(0, 86_400)]
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>Requests answered with a server error.</summary>
    [Range(0, 100)]
    public double ServerErrorPercent { get; init; }

    /// <summary>Which one.</summary>
    [Range(500, 599)]
    public int ServerErrorStatus { get; init; } = 500;

    /// <summary>The server error comes after the request was carried out, so the task exists.</summary>
    public bool ServerErrorAfterAccept { get; init; }

    /// <summary>Creations that are carried out and never answered: the connection is reset.</summary>
    [Range(0, 100)]
    public double TimeoutAfterAcceptPercent { get; init; }

    /// <summary>How long the connection stays silent before that reset, in milliseconds.</summary>
    [Range(0, 600_000)]
    public int TimeoutAfterAcceptHoldMs { get; init; }

    /// <summary>Requests carried out and answered with the first half of the JSON.</summary>
    [Range(0, 100)]
    public double TruncatedJsonPercent { get; init; }

    /// <summary>Requests carried out whose connection is reset in the middle of the answer.</summary>
    [Range(0, 100)]
    public double ResetMidBodyPercent { get; init; }

    /// <summary>Requests carried out and answered 200 with an HTML page.</summary>
    [Range(0, 100)]
    public double HtmlPercent { get; init; }

    /// <summary>Requests carried out and answered with valid JSON of another shape: id null, id a number, a data envelope, an array.</summary>
    [Range(0, 100)]
    public double WrongShapePercent { get; init; }

    /// <summary>Lists that also hold elements of others that nobody can read: null, a number, a task whose fields have other types.</summary>
    [Range(0, 100)]
    public double ForeignElementsPercent { get; init; }

    /// <summary>Creations answered with the id of the newest task of that kind; nothing new is made.</summary>
    [Range(0, 100)]
    public double SameIdPercent { get; init; }

    /// <summary>What costs (<c>POST /tasks</c>, <c>POST /files</c>) is answered 402; everything else is carried out.</summary>
    public bool PaymentRequired { get; init; }

    /// <summary>Every key is answered 401.</summary>
    public bool KeyRevoked { get; init; }

    /// <summary><c>Idempotency-Key</c> is honoured for 24 hours (the newest API does, the one that we speak does not).</summary>
    public bool HonourIdempotencyKeys { get; init; }

    /// <summary>For how long after a task's end reads still say "processing", in milliseconds.</summary>
    [Range(0, 3_600_000)]
    public int StaleReadMs { get; init; }

    /// <summary>When not 0: output URLs are signed and end after so many seconds; each read signs anew.</summary>
    [Range(0, 86_400)]
    public int OutputUrlSeconds { get; init; }

    // ---- tasks ----------------------------------------------------------------------------------------------------

    /// <summary>The task kinds that the faults below hit; empty: all.</summary>
    public IReadOnlyList<string> OnlyKinds { get; init; } = [];

    /// <summary>Tasks that fail.</summary>
    [Range(0, 100)]
    public double FailPercent { get; init; }

    /// <summary>What they say.</summary>
    [Required]
    public string FailError { get; init; } = "internal_error: the emulator was told to fail this task";

    /// <summary>Tasks that stay "processing" for ever.</summary>
    [Range(0, 100)]
    public double NeverFinishPercent { get; init; }

    /// <summary>Tasks that are accepted and then unknown (404), in lists too.</summary>
    [Range(0, 100)]
    public double LostTaskPercent { get; init; }

    /// <summary>Tasks that complete without an output.</summary>
    [Range(0, 100)]
    public double NoOutputPercent { get; init; }

    /// <summary>Tasks whose output has no bytes.</summary>
    [Range(0, 100)]
    public double EmptyOutputPercent { get; init; }

    /// <summary>Tasks whose output covers only the first half of the source.</summary>
    [Range(0, 100)]
    public double ShortOutputPercent { get; init; }

    /// <summary>Speech and chapters whose times run backwards.</summary>
    [Range(0, 100)]
    public double UnorderedOutputPercent { get; init; }
}

/// <summary>The requests that answer faults hit.</summary>
[JsonConverter(typeof(WordConverter<AnswerScope>))]
public enum AnswerScope
{
    /// <summary>Every API request.</summary>
    All,

    /// <summary>Only POST.</summary>
    Creates,

    /// <summary>Only GET.</summary>
    Reads,
}

/// <summary>How a 429 says when to come back.</summary>
[JsonConverter(typeof(WordConverter<RetryAfterForm>))]
public enum RetryAfterForm
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>Retry-After: 2</c></summary>
    Seconds,

    /// <summary><c>Retry-After: Thu, 15 Jan 2026 14:32:12 GMT</c></summary>
    Date,
}
