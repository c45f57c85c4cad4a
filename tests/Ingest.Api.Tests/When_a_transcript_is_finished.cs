using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_a_transcript_is_finished : IAsyncLifetime
{
    private readonly IngestHost host = new IngestHost().With("Sources:AllowLoopback", "true");
    private readonly Guid id = Guid.NewGuid();

    private IReadOnlyList<TranscriptStored> Stored => host.Published<TranscriptStored>();

    private IReadOnlyList<TranscriptRejected> Rejected => host.Published<TranscriptRejected>();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)host).DisposeAsync();

    [Fact]
    public async Task it_is_fetched_stored_and_told_by_one_command()
    {
        await using var ittybit = await IttybitServer.Start();
        ittybit.On("GET /t.json", Reply.Json("""{"language":"en","text":["Hello there."]}"""));
        ittybit.On("GET /gone.json", Reply.Content("text/plain", "no", 410));

        await host.Deliver(Collect(2, "/t.json"), Collect(2, "/t.json"));
        await Eventually.Holds(() => Stored.Count == 2, "both copies are answered");
        await host.Deliver(Collect(1, "/t.json"), Collect(3, "/gone.json"));
        await Eventually.Holds(() => Rejected.Count == 1, "it is rejected");

        Stored.Distinct().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            stored => stored.Round.ShouldBe(2), stored => stored.Characters.ShouldBe(12));
        Rejected[0].ShouldSatisfyAllConditions(
            rejected => rejected.Round.ShouldBe(3), rejected => rejected.Reason.ShouldContain("410"),
            rejected => rejected.Transient.ShouldBeFalse());
        (await host.FromDatabase(db => db.Transcripts.SingleAsync(t => t.EpisodeId == id))).Text.ShouldBe("Hello there.");

        CollectTranscript Collect(int round, string path) => new(id, round, new TaskOutput(null, new Uri(ittybit.Address + path)));
    }
}
