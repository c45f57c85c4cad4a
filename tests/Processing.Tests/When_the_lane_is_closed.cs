using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Processing.Tests;

public sealed class When_the_lane_is_closed
{
    private const string Task1 = """{"id":"task_1","kind":"audio","status":"pending"}""";

    [Fact]
    public async Task commands_are_put_off_without_a_request()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json("{}", 402), Reply.Json(Task1));
        await worker.Handle(worker.ExtractAudio());
        var now = worker.Clock.GetUtcNow();

        var told = await worker.Handle(new TranscodeVideo(worker.Episode, 1, worker.Source));
        told = [.. told, .. await worker.Handle(new CheckTask(worker.Episode, TaskKind.VideoTranscode, 1, "task_9"))];

        worker.Ittybit.Requests.Count.ShouldBe(1);
        told.Count.ShouldBe(2);
        foreach (var deferred in told.Select(news => news.ShouldBeOfType<TaskDeferred>()))
        {
            deferred.Reason.ShouldBe("Ittybit asks for payment (402).");
            (deferred.Until - now).TotalSeconds.ShouldBeInRange(30, 33);
        }
    }

    [Fact]
    public async Task the_bus_hears_of_it_once_and_of_its_end()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json("{}", 402), Reply.Json(Task1));
        await worker.Handle(worker.ExtractAudio());
        await worker.Handle(worker.ExtractAudio(attempt: 2));
        worker.Clock.Advance(TimeSpan.FromSeconds(31));

        (await worker.Handle(worker.ExtractAudio(attempt: 3))).ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>();

        worker.Published<LaneChanged>().Select(change => (change.Lane, change.State, change.By)).ShouldBe(
            [("ittybit", LaneState.Paused, "ittybit"), ("ittybit", LaneState.Open, "ittybit")]);
    }

    [Fact]
    public async Task a_command_opens_it()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json("{}", 401), Reply.Json(Task1));
        await worker.Handle(worker.ExtractAudio());

        await worker.Handle(new ResumeLane("ittybit", "olga", "new key"));

        (await worker.Handle(worker.ExtractAudio(attempt: 2))).ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>();
        var opened = worker.Published<LaneChanged>()[^1];
        (opened.State, opened.By, opened.Reason).ShouldBe((LaneState.Open, "olga", "new key"));
    }

    [Fact]
    public async Task a_command_for_another_lane_does_nothing()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json("{}", 401));
        await worker.Handle(worker.ExtractAudio());

        await worker.Handle(new ResumeLane("youtube", "olga"));

        (await worker.Handle(worker.ExtractAudio(attempt: 2))).ShouldHaveSingleItem().ShouldBeOfType<TaskDeferred>();
    }

    [Fact]
    public async Task single_403_among_accepted_requests_refuses_only_its_own()
    {
        await using var worker = await ProcessingScenario.Start();
        worker.Ittybit.On("POST /tasks", Reply.Json(Task1), Reply.Json("{}", 403), Reply.Json(Task1));
        await worker.Handle(worker.ExtractAudio());

        var refused = (await worker.Handle(worker.ExtractAudio(attempt: 2))).ShouldHaveSingleItem().ShouldBeOfType<TaskFailed>();

        (refused.Transient, refused.IttybitTaskId).ShouldBe((true, null));
        (await worker.Handle(worker.ExtractAudio(attempt: 3))).ShouldHaveSingleItem().ShouldBeOfType<TaskStarted>();
    }
}
