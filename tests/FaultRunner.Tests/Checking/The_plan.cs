using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Clients;
using Podcast.FaultRunner.Planning;

namespace Podcast.FaultRunner.Tests.Checking;

public sealed class The_plan
{
    private static readonly string[] members = ["ingest-1", "orchestrator-1", "orchestrator-2", "processing-1", "gateway-1"];

    [Fact]
    public void is_decided_by_the_seed()
    {
        var run = new RunSettings { Seed = 42 };

        FaultPlan.Make(run, members).ShouldBe(FaultPlan.Make(run, members));
        FaultPlan.Make(run with { Seed = 43 }, members).ShouldNotBe(FaultPlan.Make(run, members));
        Orders.Make(run).ShouldBe(Orders.Make(run));
    }

    [Fact]
    public void keeps_its_gaps_and_its_end()
    {
        var plan = FaultPlan.Make(new RunSettings { Trouble = TimeSpan.FromMinutes(30), DisturbEvery = TimeSpan.Zero }, members);

        plan.ShouldAllBe(trouble => trouble.At < TimeSpan.FromMinutes(30));
        plan.Count(trouble => trouble.What is Trouble.Kill or Trouble.KillAtPoint or Trouble.KillAll).ShouldBeInRange(165, 195);
        plan.Count(trouble => trouble.What.ToString().EndsWith("Broker") || trouble.What.ToString().EndsWith("Database")).ShouldBeInRange(54, 66);
    }

    [Fact]
    public void gets_round_to_everything_and_everybody()
    {
        var plan = FaultPlan.Make(new RunSettings { Trouble = TimeSpan.FromHours(2) }, members);

        plan.Select(trouble => trouble.What).Distinct().Count().ShouldBe(Enum.GetValues<Trouble>().Length);
        plan.Select(trouble => trouble.Whom).Where(whom => whom.Length > 0).Distinct().ShouldBe(members, ignoreOrder: true);
    }

    [Fact]
    public void finds_whom_it_looks_for_where_all_services_are_one_process() =>
        FaultPlan.Make(new RunSettings { Trouble = TimeSpan.FromHours(2) }, "all-1")
            .Select(trouble => trouble.Whom).Where(whom => whom.Length > 0).Distinct().ShouldBe(["all-1"]);

    [Fact]
    public void has_an_episode_that_can_only_fail_in_every_run() =>
        Orders.Make(new RunSettings { Episodes = 3 }).ShouldContain(order => order.Door == OrderChannel.Hopeless);
}
