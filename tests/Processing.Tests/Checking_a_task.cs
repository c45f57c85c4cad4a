using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

public sealed class Checking_a_task
{
    [Fact]
    public async Task work_in_progress_is_told_as_progress()
    {
        await using var worker = await Worker(Reply.Json("""{"id":"task_1","status":"processing","progress":40}"""));

        (await worker.Handle(Check(worker))).ShouldHaveSingleItem()
            .ShouldBe(new TaskProgressed(worker.Episode, TaskKind.VideoTranscode, 2, "task_1", "processing", 40, worker.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task a_finished_task_is_told_as_completed()
    {
        await using var worker = await Worker(Reply.Json(
            """{"id":"task_1","status":"completed","output":{"id":"file_9","url":"https://you.ittybit.net/v.mp4","type":"video/mp4","duration":62.5,"filesize":1000}}"""));

        (await worker.Handle(Check(worker))).ShouldHaveSingleItem().ShouldBe(new TaskCompleted(
            worker.Episode, TaskKind.VideoTranscode, 2, "task_1",
            new TaskOutput("file_9", new Uri("https://you.ittybit.net/v.mp4"), "video/mp4", 62.5, 1000),
            worker.Clock.GetUtcNow(), Checked: true));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"/files/a.mp3\"")]
    public async Task a_finished_task_without_output_is_told_as_one_that_has_none(string output)
    {
        await using var worker = await Worker(Reply.Json($$"""{"id":"task_1","status":"completed","output":{{output}}}"""));

        var completed = (await worker.Handle(Check(worker))).ShouldHaveSingleItem().ShouldBeOfType<TaskCompleted>();
        (completed.Output, completed.Checked).ShouldBe((new TaskOutput(null, null), true));
    }

    [Theory]
    [InlineData("corrupt file", false)]
    [InlineData("worker lost", true)]
    public async Task a_failed_task_is_told_with_whether_it_may_be_tried_again(string error, bool transient)
    {
        await using var worker = await Worker(Reply.Json($$"""{"id":"task_1","status":"failed","error":"{{error}}"}"""));

        (await worker.Handle(Check(worker))).ShouldHaveSingleItem().ShouldBe(new TaskFailed(
            worker.Episode, TaskKind.VideoTranscode, 2, "task_1", error, transient, worker.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task unknown_task_is_asked_for_again_before_it_counts_as_lost()
    {
        await using var worker = await Worker(Reply.Json("""{"kind":"task_not_found","message":"no such task"}""", 404));

        (await worker.Handle(Check(worker))).ShouldHaveSingleItem().ShouldBe(new TaskFailed(
            worker.Episode, TaskKind.VideoTranscode, 2, "task_1", "Ittybit no longer knows task task_1.", true, worker.Clock.GetUtcNow(), Lost: true));
        worker.Ittybit.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task a_task_that_turns_up_late_is_not_lost()
    {
        await using var worker = await Worker(
            Reply.Json("""{"kind":"task_not_found","message":"no such task"}""", 404), Reply.Json("""{"id":"task_1","status":"queued"}"""));

        (await worker.Handle(Check(worker))).ShouldHaveSingleItem().ShouldBeOfType<TaskProgressed>().Status.ShouldBe("queued");
    }

    [Theory]
    [InlineData("""{"error":{"message":"oops"}}""", 500)]
    [InlineData("""{"error":{"message":"bad id"}}""", 400)]
    [InlineData("<html></html>", 200)]
    [InlineData("<html></html>", 404)]
    [InlineData("", 410)]
    [InlineData("""{"id":"task_of_another","status":"completed"}""", 200)]
    public async Task trouble_fails_nothing(string body, int status)
    {
        await using var worker = await Worker(Reply.Content("application/json", body, status));

        (await worker.Handle(Check(worker))).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_refusal_of_every_request_is_told_as_a_wait()
    {
        await using var worker = await Worker(Reply.Json("{}", 401));

        (await worker.Handle(Check(worker))).ShouldHaveSingleItem().ShouldBeOfType<TaskDeferred>().Until
            .ShouldBe(worker.Clock.GetUtcNow() + TimeSpan.FromSeconds(30));
    }

    private static CheckTask Check(ProcessingScenario worker) => new(worker.Episode, TaskKind.VideoTranscode, 2, "task_1");

    private static async Task<ProcessingScenario> Worker(params Microsoft.AspNetCore.Http.RequestDelegate[] replies)
    {
        var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("GET /tasks/task_1", replies);
        return worker;
    }
}
