using System.Net.Sockets;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Podcast.Hosting.Bus;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Bus;

public sealed class When_a_consumer_has_no_database
{
    public static TheoryData<Exception> Away => new(
        new NpgsqlException("gone", new SocketException()),
        new SocketException((int)SocketError.TryAgain),
        new InvalidOperationException("An exception has been raised that is likely due to a transient failure.", new TimeoutException()),
        new SagaException("", typeof(Whisper), typeof(Whisper), Guid.Empty, new DbUpdateException("", new SqliteException("full", 13))));

    [Theory, MemberData(nameof(Away))]
    public async Task its_delivery_waits_and_is_no_fault(Exception trouble)
    {
        await using var host = await Start(new Database(times: 4, () => trouble));
        var bus = BusRecorder.On(host.Bus);

        await host.Bus.Publish(new Whisper("Ann"));

        await host.Heard.Hears("Ann");
        bus.Faults.ShouldBeEmpty();
    }

    public static TheoryData<Exception> Faults => new(
        new InvalidOperationException("a bug"),
        new HttpRequestException("nobody there", new SocketException((int)SocketError.TryAgain)));

    [Theory, MemberData(nameof(Faults))]
    public async Task anything_else_is_tried_as_often_as_is_said(Exception trouble)
    {
        var database = new Database(times: int.MaxValue, () => trouble);
        await using var host = await Start(database);
        var bus = BusRecorder.On(host.Bus);

        await host.Bus.Publish(new Whisper("Ann"));

        await Eventually.Holds(() => bus.Faults.Count == 1, "the fault");
        database.Asked.ShouldBe(2);
    }

    private static async Task<SampleHost> Start(Database database)
    {
        var host = SampleHost.Build(bus =>
        {
            bus.AddSample();
            bus.AddSingleton(database);
            bus.AddConsumer<Listener, ListenerDefinition>();
        });
        await host.Start();
        return host;
    }

    private sealed class Database(int times, Func<Exception> trouble)
    {
        public int Asked { get; private set; }

        public void Ask()
        {
            if (++Asked <= times)
                throw trouble();
        }
    }

    private sealed class Listener(Database database, Heard heard) : IConsumer<Whisper>
    {
        public Task Consume(ConsumeContext<Whisper> context)
        {
            database.Ask();
            heard.Add(context.Message.Name);
            return Task.CompletedTask;
        }
    }

    private sealed class ListenerDefinition : ConsumerDefinition<Listener>
    {
        protected override void ConfigureConsumer(
            IReceiveEndpointConfigurator endpointConfigurator,
            IConsumerConfigurator<Listener> consumerConfigurator,
            IRegistrationContext context) => endpointConfigurator.UseRetries(retry => retry.Immediate(1));
    }
}
