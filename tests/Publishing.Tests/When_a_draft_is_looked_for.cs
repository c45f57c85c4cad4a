using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NSubstitute;
using Podcast.Publishing.Channels;
using Podcast.Publishing.Publications;
using Podcast.Publishing.Transistor;
using Podcast.Transistor;

namespace Podcast.Publishing.Tests;

/// <summary>Transistor lists drafts in pages, from which those that are published meanwhile are gone.</summary>
public sealed class When_a_draft_is_looked_for
{
    private readonly Publication publication = new() { CorrelationId = Guid.NewGuid(), Show = Samples.Show() };
    private readonly List<string> drafts = [.. Enumerable.Range(1, 120).Select(number => $"draft {number}")];
    private readonly ITransistorApi transistor = Substitute.For<ITransistorApi>();
    private int asked;

    public When_a_draft_is_looked_for() => transistor
        .ListEpisodes(default!, default, default, default, default, default).ReturnsForAnyArgs(call => Page((int)call[3], (int)call[4]));

    [Theory]
    [InlineData(0)]
    [InlineData(49)]
    [InlineData(50)] // moves to the first page, which was read, before the second is
    [InlineData(70)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(119)]
    public async Task draft_is_found_though_others_are_published(int place)
    {
        drafts[place] = publication.Reference;

        (await Find()).ShouldBe(publication.Reference);
    }

    [Fact]
    public async Task missing_draft_is_missed()
    {
        (await Find()).ShouldBeNull();

        asked.ShouldBe(5, "three pages, and the first two again");
    }

    [Fact]
    public async Task draft_among_too_many_is_not_made_again()
    {
        drafts.AddRange(Enumerable.Range(0, 1200).Select(number => $"more {number}"));

        var refusal = await Should.ThrowAsync<StepException>(Find);

        (refusal.Result.Outcome, refusal.Message).ShouldBe((StepOutcome.Refused, refusal.Result.Reason));
        refusal.Result.Reason!.ShouldContain("more than 1000 drafts");
    }

    private Task<string?> Find()
    {
        var services = new ServiceCollection().AddSingleton(transistor).BuildServiceProvider();
        var options = Substitute.For<IOptionsMonitor<TransistorOptions>>();
        options.CurrentValue.Returns(new TransistorOptions { ApiKey = "key" });
        return new TransistorCalls(services, options, TimeProvider.System).FindDraft(publication, default);
    }

    /// <summary>A page; then the first of all drafts is published.</summary>
    private TransistorPage<EpisodeAttributes> Page(int page, int per)
    {
        asked++;
        var answer = new TransistorPage<EpisodeAttributes>
        {
            Data =
            [
                .. drafts.Skip((page - 1) * per).Take(per).Select(draft => new TransistorResource<EpisodeAttributes>
                {
                    Id = draft,
                    Attributes = new EpisodeAttributes { Description = draft },
                }),
            ],
            Meta = new PageMeta(page, (drafts.Count + per - 1) / per, drafts.Count),
        };
        drafts.RemoveAt(drafts[0] == publication.Reference ? 1 : 0);
        return answer;
    }
}
