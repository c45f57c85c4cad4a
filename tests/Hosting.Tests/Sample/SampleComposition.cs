using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Hosting.Tests.Sample;

internal static class SampleComposition
{
    /// <summary>A service like ours: options, a database, a consumer.</summary>
    public static void AddSample(this IBusRegistrationConfigurator bus)
    {
        bus.AddOptions<SampleOptions>().BindConfiguration("Sample").ValidateDataAnnotations().ValidateOnStart();
        bus.AddOwnedDbContext<SampleDb>(SampleDb.Owner);
        bus.AddSingleton<Heard>();
        bus.AddConsumer<HelloConsumer, HelloDefinition>();
    }
}
