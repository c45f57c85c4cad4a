using Podcast.Contracts;

namespace Podcast.Ittybit.Tests.Dialects;

public class When_words_are_weighed
{
    [Theory]
    [InlineData("completed", TaskOutcome.Succeeded)]
    [InlineData("succeeded", TaskOutcome.Succeeded)]
    [InlineData("ready", TaskOutcome.Succeeded)]
    [InlineData("Completed", TaskOutcome.Succeeded)]
    [InlineData("failed", TaskOutcome.Failed)]
    [InlineData("error", TaskOutcome.Failed)]
    [InlineData("cancelled", TaskOutcome.Failed)]
    [InlineData("canceled", TaskOutcome.Failed)]
    [InlineData("pending", TaskOutcome.InProgress)]
    [InlineData("waiting", TaskOutcome.InProgress)]
    [InlineData("validating", TaskOutcome.InProgress)]
    [InlineData("queued", TaskOutcome.InProgress)]
    [InlineData("processing", TaskOutcome.InProgress)]
    [InlineData("finishing", TaskOutcome.InProgress)]
    [InlineData("rebalancing", TaskOutcome.InProgress)]
    [InlineData("", TaskOutcome.InProgress)]
    public void a_status_word_has_one_meaning(string word, TaskOutcome outcome) =>
        IttybitDialect.Outcome(word).ShouldBe(outcome);

    [Fact]
    public void an_unknown_word_is_kept_as_it_came() =>
        IttybitDialect.ReadTask(Json.Of("""{ "id": "task_1", "status": "Rebalancing" }""")).Status.ShouldBe("Rebalancing");

    [Theory]
    [InlineData("request_invalid: width must be even")]
    [InlineData("format_unsupported")]
    [InlineData("invalid_input")]
    [InlineData("url_required")]
    [InlineData("Unsupported codec")]
    [InlineData("This format is not supported")]
    [InlineData("The file is corrupted")]
    [InlineData("Input has no audio track")]
    [InlineData("Malformed container")]
    public void an_error_about_the_source_is_final(string error) => IttybitDialect.IsFinal(error).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("internal_error: Something went wrong")]
    [InlineData("Worker lost")]
    [InlineData("payment_required")]
    [InlineData("Timed out while downloading the input")]
    public void any_other_error_may_pass(string? error) => IttybitDialect.IsFinal(error).ShouldBeFalse();

    [Fact]
    public void a_word_is_shown_short_and_without_what_cannot_be() =>
        new IttybitTask { Id = "task_1", Status = "Finishing\nup" + new string('!', 50) }.Word.ShouldBe("Finishingup" + new string('!', 39));

    [Theory]
    [InlineData("no video", "no video", false)]
    [InlineData("Worker lost", "Worker lost", true)]
    [InlineData(null, "Ittybit says: cancelled.", true)]
    public void a_failure_has_a_reason_and_says_whether_to_try_again(string? error, string reason, bool again)
    {
        var task = new IttybitTask { Id = "task_1", Status = "cancelled", Error = error };

        (task.Reason, task.IsWorthAnotherTry).ShouldBe((reason, again));
    }

    [Theory]
    [InlineData("https://x.test/a.mp3", true)]
    [InlineData("s3://bucket/a.mp3", false)]
    public void only_an_address_of_the_web_is_one(string address, bool isWeb) =>
        (new IttybitFile { Url = new Uri(address) }.WebUrl is not null).ShouldBe(isWeb);
}
