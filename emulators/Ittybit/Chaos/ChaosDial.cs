using System.ComponentModel.DataAnnotations;

namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>
/// The faults that the emulator injects; <c>{prefix}/_emulator/chaos</c> reads and sets them as JSON with snake_case names. All
/// faults are off by default. A percentage (0–100) is the share of the named tasks, webhooks or requests. Whether one is affected
/// depends only on <see cref="Seed"/> and on its number since the dial was set, so that runs are repeatable.
/// </summary>
public sealed record ChaosDial
{
    /// <summary>Selects which tasks, webhooks and requests the percentages affect.</summary>
    public int Seed { get; init; }

    /// <summary>The generation of the API whose words and formats answers and webhooks use.</summary>
    public Dialect Dialect { get; init; } = Dialect.G2;

    // ---- webhooks -------------------------------------------------------------------------------------------------

    /// <summary>The format of webhook bodies; by default that of <see cref="Dialect"/>.</summary>
    public WebhookShape WebhookShape { get; init; }

    /// <summary>Share of webhooks that are sent more than once.</summary>
    [Range(0, 100)] public double DuplicatePercent { get; init; }

    /// <summary>The number of copies of such a webhook, in addition to the first.</summary>
    [Range(1, 1000)] public int DuplicateCopies { get; init; } = 1;

    /// <summary>The delay of the copies in milliseconds; 0: all at once. A long delay simulates a replay.</summary>
    [Range(0, 86_400_000)] public int DuplicateDelayMs { get; init; }

    /// <summary>Share of webhooks that are never sent.</summary>
    [Range(0, 100)] public double DropPercent { get; init; }

    /// <summary>Share of tasks whose end is reported before the creating request is answered, which waits at most 10 s.</summary>
    [Range(0, 100)] public double EarlyPercent { get; init; }

    /// <summary>Share of tasks whose "processing" webhook is sent after the end.</summary>
    [Range(0, 100)] public double ReorderPercent { get; init; }

    /// <summary>Share of completion webhooks with <c>"output": null</c> although the task has an output.</summary>
    [Range(0, 100)] public double BareWebhookPercent { get; init; }

    /// <summary>Share of completed tasks for which a correctly signed webhook later reports a failure.</summary>
    [Range(0, 100)] public double ContradictPercent { get; init; }

    /// <summary>Share of tasks with a forged webhook before the end: the opposite outcome, a wrong signature or none.</summary>
    [Range(0, 100)] public double ForgePercent { get; init; }

    /// <summary>The delay between an event and its webhook, in milliseconds.</summary>
    [Range(0, 3_600_000)] public int WebhookDelayMs { get; init; }

    // ---- answers --------------------------------------------------------------------------------------------------

    /// <summary>The requests that the faults below affect.</summary>
    public AnswerScope AnswersOf { get; init; }

    /// <summary>The delay before a request is handled, in milliseconds.</summary>
    [Range(0, 600_000)] public int AnswerDelayMs { get; init; }

    /// <summary>Share of requests that are answered 429 and not executed.</summary>
    [Range(0, 100)] public double TooManyRequestsPercent { get; init; }

    /// <summary>The format of Retry-After in a 429.</summary>
    public RetryAfterForm RetryAfter { get; init; } = RetryAfterForm.Seconds;

    /// <summary>The value of Retry-After, in seconds.</summary>
    [Range(0, 86_400)] public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>Share of requests that are answered with a server error.</summary>
    [Range(0, 100)] public double ServerErrorPercent { get; init; }

    /// <summary>The status code of that server error.</summary>
    [Range(500, 599)] public int ServerErrorStatus { get; init; } = 500;

    /// <summary>Whether the request is executed before the server error, so that the task exists.</summary>
    public bool ServerErrorAfterAccept { get; init; }

    /// <summary>Share of POST requests that are executed but not answered: the connection is reset.</summary>
    [Range(0, 100)] public double TimeoutAfterAcceptPercent { get; init; }

    /// <summary>The time before that reset, in milliseconds.</summary>
    [Range(0, 600_000)] public int TimeoutAfterAcceptHoldMs { get; init; }

    /// <summary>Share of requests that are executed and answered with the first half of the JSON.</summary>
    [Range(0, 100)] public double TruncatedJsonPercent { get; init; }

    /// <summary>Share of requests that are executed and whose connection is reset in the middle of the answer.</summary>
    [Range(0, 100)] public double ResetMidBodyPercent { get; init; }

    /// <summary>Share of requests that are executed and answered 200 with an HTML page.</summary>
    [Range(0, 100)] public double HtmlPercent { get; init; }

    /// <summary>Share of requests that are executed, then answered wrongly: id null or a number, an envelope, an array.</summary>
    [Range(0, 100)] public double WrongShapePercent { get; init; }

    /// <summary>Share of lists that also have unreadable elements: null, a number, a task with other types of fields.</summary>
    [Range(0, 100)] public double ForeignElementsPercent { get; init; }

    /// <summary>Share of task creations that are answered with the newest task of the same kind; no task is created.</summary>
    [Range(0, 100)] public double SameIdPercent { get; init; }

    /// <summary>Whether paid requests (<c>POST /tasks</c>, <c>POST /files</c>) are answered 402.</summary>
    public bool PaymentRequired { get; init; }

    /// <summary>Whether every key is answered 401.</summary>
    public bool KeyRevoked { get; init; }

    /// <summary>Whether <c>Idempotency-Key</c> is honoured for 24 hours. Version 2025-08-20 of the API ignores it.</summary>
    public bool HonourIdempotencyKeys { get; init; }

    /// <summary>The time after the end of a task during which reads still answer "processing", in milliseconds.</summary>
    [Range(0, 3_600_000)] public int StaleReadMs { get; init; }

    /// <summary>The lifetime of output URLs in seconds: each read signs new ones. 0: unsigned, without expiry.</summary>
    [Range(0, 86_400)] public int OutputUrlSeconds { get; init; }

    // ---- tasks ----------------------------------------------------------------------------------------------------

    /// <summary>The task kinds that the faults below affect; empty: all.</summary>
    public IReadOnlyList<string> OnlyKinds { get; init; } = [];

    /// <summary>Share of tasks that fail.</summary>
    [Range(0, 100)] public double FailPercent { get; init; }

    /// <summary>The error of those tasks.</summary>
    [Required] public string FailError { get; init; } = "internal_error: the emulator was told to fail this task";

    /// <summary>Share of tasks that stay "processing" forever.</summary>
    [Range(0, 100)] public double NeverFinishPercent { get; init; }

    /// <summary>Share of tasks that are accepted and then unknown (404), and missing in lists.</summary>
    [Range(0, 100)] public double LostTaskPercent { get; init; }

    /// <summary>Share of tasks that complete without an output.</summary>
    [Range(0, 100)] public double NoOutputPercent { get; init; }

    /// <summary>Share of tasks whose output file is empty.</summary>
    [Range(0, 100)] public double EmptyOutputPercent { get; init; }

    /// <summary>Share of tasks whose output covers only the first half of the source.</summary>
    [Range(0, 100)] public double ShortOutputPercent { get; init; }

    /// <summary>Share of transcripts and chapter lists whose times descend.</summary>
    [Range(0, 100)] public double UnorderedOutputPercent { get; init; }
}
