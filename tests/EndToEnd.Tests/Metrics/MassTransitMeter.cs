using System.Runtime.CompilerServices;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.EndToEnd.Tests.Metrics;

/// <summary>
/// MassTransit has one meter in a process, which belongs to the host that made the first bus and ends with it. Here that host is one
/// that never ends, whichever test is the first.
/// </summary>
internal static class MassTransitMeter
{
#pragma warning disable CA2255 // it must come before the buses of all tests
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void MakeFirst() => new ServiceCollection().AddLogging().AddMetrics()
        .AddMassTransit(bus => bus.UsingInMemory((_, _) => { }))
        .BuildServiceProvider().GetRequiredService<IBusControl>();
}
