using System.Text.RegularExpressions;

namespace Podcast.Architecture.Tests;

/// <summary>Publishing to the broker is never cancelled and never without a limit (docs/decisions/0008), or goes through an outbox.</summary>
public sealed partial class The_messages
{
    // They are what the others go through.
    private static readonly string[] Implementations = ["libraries/Hosting/Bus/ConfirmedPublish.cs", "libraries/Outbox/"];

    [Fact]
    public void leave_through_an_outbox_or_with_a_limit()
    {
        var sources = House.Sources.ToDictionary(file => file, House.Read);
        var throughAnOutbox = sources.Values.Where(source => source.Contains(".UseEntityFrameworkOutbox<", StringComparison.Ordinal))
            .SelectMany(source => Definition().Matches(source)).Select(match => match.Groups["consumer"].Value).ToHashSet();

        (from source in sources
         where !Implementations.Any(own => source.Key.StartsWith(own, StringComparison.Ordinal))
            && !throughAnOutbox.Contains(Path.GetFileNameWithoutExtension(source.Key))
         from call in RawPublishing.In(source.Value)
         select $"{source.Key}: {call}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Task Consume(ConsumeContext<A> context) => context.Publish(new B());")]
    [InlineData("Task Consume(ConsumeContext<A> context) => context.Publish(new B(), context.CancellationToken);")]
    [InlineData("Task Consume(ConsumeContext<A<B>> consumed)\n{\n    await consumed\n        .Publish(\n            new B(),\n            token);\n}")]
    [InlineData("Task Tell(ConsumeContext context, object o) => context.RespondAsync<B>(o);")]
    [InlineData("Task Tell(ConsumeContext context) => context.Publish(o, CancellationToken.None);")]
    [InlineData("class Sweep(IOptions<O> options, IBus bus) { Task Go() => bus.Publish(o, stopping).WaitAsync(limit); }")]
    [InlineData("private readonly IBus it; Task Go() => it.PublishBatch(o);")]
    public void of_the_wrong_kind_are_found(string source) => RawPublishing.In(source).ShouldHaveSingleItem();

    [Theory]
    [InlineData("Task Consume(ConsumeContext<A> context) => context.PublishUntilConfirmed(new B(), clock);")]
    [InlineData("class Sweep(IBus bus) { Task Go() => bus.PublishConfirmed(o, stopping); }")]
    [InlineData("class Sweep(IBus bus) { Task Go() => bus.Publish(o, CancellationToken.None).WaitAsync(limit, clock, stopping); }")]
    [InlineData("class Intake(IPublishEndpoint bus) { Task Go() => bus.Publish(o, cancellationToken); }")]
    public void of_the_right_kind_are_not(string source) => RawPublishing.In(source).ShouldBeEmpty();

    [GeneratedRegex(@"ConsumerDefinition<(?<consumer>\w+)>")]
    private static partial Regex Definition();
}
