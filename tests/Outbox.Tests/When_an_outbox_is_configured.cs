using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Podcast.Outbox.Tests.Fixtures;

namespace Podcast.Outbox.Tests;

public sealed class When_an_outbox_is_configured
{
    [Fact]
    public async Task impossible_options_stop_the_host()
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() => Start(options =>
        {
            options.BatchSize = 0;
            options.KeepSent = TimeSpan.FromHours(2);
        }));

        error.Message.ShouldContain("BatchSize");
    }

    [Fact]
    public async Task keeping_longer_than_the_inbox_remembers_stops_the_host() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => Start(options => options.KeepSent = TimeSpan.FromHours(2))))
            .Message.ShouldContain("KeepSent must be shorter");

    [Fact]
    public void a_context_that_is_not_registered_yet_is_refused() =>
        Should.Throw<InvalidOperationException>(() => Build<ShopContext>(null, _ => { }, []))
            .Message.ShouldContain("before AddLeanOutbox");

    [Fact]
    public void a_context_that_is_not_scoped_is_refused() =>
        Should.Throw<InvalidOperationException>(() => Build<ShopContext>(
            null, services => services.AddDbContext<ShopContext>(ServiceLifetime.Transient), []))
            .Message.ShouldContain("ShopContext must be registered");

    [Fact]
    public async Task a_context_that_is_registered_again_stops_the_host()
    {
        using var host = Build<ShopContext>(
            null, services => services.AddDbContext<ShopContext>(x => x.UseSqlite("Data Source=:memory:")), [],
            services => services.AddScoped<ShopContext>());

        (await Should.ThrowAsync<InvalidOperationException>(() => host.StartAsync())).Message.ShouldContain("registered again");
    }

    [Fact]
    public async Task a_model_without_the_tables_stops_the_host() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Start<Bare>(services: services => services.AddDbContext<Bare>(x => x.UseSqlite("Data Source=:memory:")))))
            .Message.ShouldContain("AddLeanOutboxEntities");

    [Fact]
    public void the_environment_has_the_last_word()
    {
        var host = Build<ShopContext>(
            options => options.BatchSize = 7, services => services.AddDbContext<ShopContext>(x => x.UseSqlite("Data Source=:memory:")),
            new() { ["Outbox:BatchSize"] = "9" });

        host.Services.GetRequiredService<IOptionsMonitor<LeanOutboxOptions>>().Get(typeof(ShopContext).FullName).BatchSize.ShouldBe(9);
    }

    [Fact]
    public async Task a_wake_up_that_comes_too_early_is_not_lost()
    {
        var backlog = new DeliveryBacklog<ShopContext>(TimeProvider.System);

        backlog.Wake();
        backlog.Wake();

        (await backlog.IsWoken(TimeSpan.FromSeconds(30), CancellationToken.None)).ShouldBeTrue();
        (await backlog.IsWoken(TimeSpan.FromMilliseconds(1), CancellationToken.None)).ShouldBeFalse("two of them are one");
    }

    private static Task Start(Action<LeanOutboxOptions>? options = null, Action<IServiceCollection>? services = null) =>
        Start<ShopContext>(options, services ?? (all => all.AddDbContext<ShopContext>(x => x.UseSqlite("Data Source=:memory:"))));

    private static async Task Start<TContext>(Action<LeanOutboxOptions>? options = null, Action<IServiceCollection>? services = null)
        where TContext : DbContext
    {
        using var host = Build<TContext>(options, services!, []);
        await host.StartAsync();
    }

    private static IHost Build<TContext>(
        Action<LeanOutboxOptions>? options, Action<IServiceCollection> services, Dictionary<string, string?> configuration,
        Action<IServiceCollection>? after = null)
        where TContext : DbContext
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(configuration);
        services(builder.Services);
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddLeanOutbox<TContext>(options);
            bus.UsingInMemory();
        });
        after?.Invoke(builder.Services);
        return builder.Build();
    }

    private sealed class Bare(DbContextOptions<Bare> options) : DbContext(options);
}
