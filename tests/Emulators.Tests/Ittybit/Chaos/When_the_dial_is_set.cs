using System.Net;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.Ittybit.Chaos;

public sealed class When_the_dial_is_set(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    private readonly RunningEmulator emulator = shared.Simulating;

    [Fact]
    public async Task it_is_read_back_and_everything_else_is_off()
    {
        var set = await Put("""{"seed":7,"drop_percent":10.5,"dialect":"g3","retry_after":"date","only_kinds":["audio"]}""");

        set.Status.ShouldBe(HttpStatusCode.OK);
        var read = (await emulator.Get("_emulator/chaos")).Json;
        ((int)read["seed"]!, (double)read["drop_percent"]!, (string?)read["dialect"]).ShouldBe((7, 10.5, "g3"));
        ((double)read["duplicate_percent"]!, (bool)read["key_revoked"]!).ShouldBe((0, false));
        emulator.Emulator.Chaos.RetryAfter.ShouldBe(RetryAfterForm.Date);
    }

    [Theory]
    [InlineData("""{"drop_percent":101}""", "drop_percent")]
    [InlineData("""{"drop_percent":-1}""", "drop_percent")]
    [InlineData("""{"drop_percent":"all"}""", "drop_percent")]
    [InlineData("""{"dorp_percent":1}""", "dorp_percent")]
    [InlineData("""{"dialect":"g9"}""", "dialect")]
    [InlineData("""{"dialect":1}""", "dialect")]
    [InlineData("""{"only_kinds":["pictures"]}""", "only_kinds")]
    [InlineData("""{"only_kinds":null}""", "only_kinds")]
    [InlineData("""{"fail_error":""}""", "fail_error")]
    [InlineData("null", "body")]
    [InlineData("{", "body")]
    public async Task a_wrong_dial_is_refused_by_name_and_changes_nothing(string json, string field)
    {
        emulator.Emulator.Chaos = new ChaosDial { Seed = 3 };

        var answer = await Put(json);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain(field);
        emulator.Emulator.Chaos.Seed.ShouldBe(3);
    }

    [Fact]
    public void luck_keeps_to_its_share_and_differs_by_fault()
    {
        var hits = Enumerable.Range(1, 10_000).Select(number => new Dice(5, "task", number)).ToList();

        hits.Count(dice => dice.Hit(20, "drop")).ShouldBeInRange(1850, 2150);
        hits.Count(dice => dice.Hit(20, "drop") && dice.Hit(20, "duplicate")).ShouldBeInRange(320, 480);
        hits.ShouldAllBe(dice => dice.Hit(100, "drop") && !dice.Hit(0, "drop"));
    }

    private async Task<Answer> Put(string json)
    {
        using var body = new StringContent(json);
        using var response = await emulator.Http.PutAsync("_emulator/chaos", body);
        return await Answer.Of(response);
    }
}
