namespace Podcast.Ittybit.Client.Tests.Dialects;

public class When_words_are_weighed
{
    [Theory]
    [InlineData("completed", IttybitOutcome.Succeeded)]
    [InlineData("succeeded", IttybitOutcome.Succeeded)]
    [InlineData("ready", IttybitOutcome.Succeeded)]
    [InlineData("Completed", IttybitOutcome.Succeeded)]
    [InlineData("failed", IttybitOutcome.Failed)]
    [InlineData("error", IttybitOutcome.Failed)]
    [InlineData("cancelled", IttybitOutcome.Failed)]
    [InlineData("canceled", IttybitOutcome.Failed)]
    [InlineData("pending", IttybitOutcome.InProgress)]
    [InlineData("waiting", IttybitOutcome.InProgress)]
    [InlineData("validating", IttybitOutcome.InProgress)]
    [InlineData("queued", IttybitOutcome.InProgress)]
    [InlineData("processing", IttybitOutcome.InProgress)]
    [InlineData("finishing", IttybitOutcome.InProgress)]
    [InlineData("rebalancing", IttybitOutcome.InProgress)]
    [InlineData("", IttybitOutcome.InProgress)]
    public void a_status_word_has_one_meaning(string word, IttybitOutcome outcome) =>
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
}
