using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Podcast.Hosting.Bus;
using Podcast.Hosting.Tests.Sample;
using Podcast.SettingsBinding;

namespace Podcast.Hosting.Tests.Startup;

public sealed class When_a_setting_is_misspelt
{
    [Theory]
    [InlineData("Bus__PrefetchCont", "Bus__PrefetchCount")]
    [InlineData("BUS__PREFETCH_COUNT", "Bus__PrefetchCount")]
    [InlineData("Bus__Endpoints__SayHello__Prefetch", "Bus__Endpoints__SayHello__PrefetchCount")]
    [InlineData("Bus__Endpoint__SayHello__PrefetchCount", "Bus__Endpoints__SayHello__PrefetchCount")]
    [InlineData("Bus__PrefetchCount__0", "Bus__PrefetchCount")]
    [InlineData("Lanes__Ittybit__Rates", "Lanes__Ittybit__Rate")]
    [InlineData("Lanes__Ittybit__BaseUrl", "Lanes__Ittybit__BaseAddress")]
    [InlineData("Lanes__Ittybit__Networks", "Lanes__Ittybit__Networks__0")]
    [InlineData("Lanes__Ittybit__Greetings", "Lanes__Ittybit__Within__Greetings")]
    [InlineData("Lanes__Ittybit__Within__Greting", "Lanes__Ittybit__Within__Greetings")]
    public void a_key_of_a_section_names_the_nearest(string given, string nearest) =>
        Objections(given).ShouldBe([$"{given} is no setting; the nearest is {nearest}."]);

    [Theory]
    [InlineData("Buss__PrefetchCount", "Bus__PrefetchCount")]
    [InlineData("Lanes__Itybit__Rate", "Lanes__Ittybit__Rate")]
    [InlineData("Lane__Ittybit__Networks__0", "Lanes__Ittybit__Networks__0")]
    [InlineData("Lanes__Rate", "Lanes__Ittybit__Rate")]
    [InlineData("Lanes_Ittybit__Rate", "Lanes__Ittybit__Rate")]
    [InlineData("Bus_PrefetchCount", "Bus__PrefetchCount")]
    [InlineData("LANE_RATES", "LANE_RATE")]
    [InlineData("LANE_RTE", "LANE_RATE")]
    [InlineData("ConnectionStrings__Smaple", "ConnectionStrings__Sample")]
    [InlineData("ConnectionString__Sample", "ConnectionStrings__Sample")]
    public void a_name_beside_the_sections_that_is_nearly_ours_is_told(string given, string nearest) =>
        Objections(given).ShouldBe([$"{given} is no setting; the nearest is {nearest}."]);

    [Theory]
    [InlineData("Bus__PrefetchCount")]
    [InlineData("BUS__PREFETCHCOUNT")]
    [InlineData("Bus__Endpoints__SayHello__PrefetchCount")]
    [InlineData("Lanes__Ittybit__Networks__0")]
    [InlineData("Lanes__Ittybit__Networks__first")]
    [InlineData("Lanes__Ittybit__Within__Greetings")]
    [InlineData("Lanes__Ittybit__Other")]
    [InlineData("LANE_RATE")]
    [InlineData("ConnectionStrings__sample")]
    public void what_is_right_is_taken(string given) => Objections(given).ShouldBeEmpty();

    [Theory]
    [InlineData("BUS")]
    [InlineData("BUS_PREFETCHCOUNT")]
    [InlineData("BUS_PORT_5672_TCP_ADDR")]
    [InlineData("Buses__PrefetchCount")]
    [InlineData("Busy__Waiting")]
    [InlineData("Lanes__Transistor__Rate")]
    [InlineData("services__bus__http__0")]
    [InlineData("ConnectionStrings__Somewhere")]
    [InlineData("Kestrel__Endpoints__Http__Url")]
    [InlineData("Logging__LogLevel__Default")]
    [InlineData("LANE_CLOSED")]
    public void what_is_somebody_elses_is_left_alone(string given) => Objections(given).ShouldBeEmpty();

    [Theory]
    [InlineData("Lanes__Ittybit__Networks")]
    [InlineData("Lanes__Ittybit")]
    [InlineData("Bus__Endpoints__SayHello")]
    public void an_empty_list_or_section_of_a_file_is_taken(string given) => Objections(given, "").ShouldBeEmpty();

    [Fact]
    public void its_value_is_not_told() => Objections("Bus__Key", "s3cret").ShouldHaveSingleItem().ShouldNotContain("s3cret");

    [Fact]
    public void two_types_may_share_a_section_and_each_is_bound()
    {
        using var services = Services(("Lanes__Ittybit__Rate", "3"), ("Lanes__Ittybit__Other", "4"));

        services.GetRequiredService<IOptions<LaneLikeOptions>>().Value.Rate.ShouldBe(3);
        services.GetRequiredService<IOptions<OtherOptions>>().Value.Other.ShouldBe(4);
    }

    [Fact]
    public void a_list_is_bound_once_however_often_it_is_added()
    {
        using var services = Services(("Lanes__Ittybit__Networks__0", "10.0.0.0/8"));

        services.GetRequiredService<IOptions<LaneLikeOptions>>().Value.Networks.ShouldBe(["10.0.0.0/8"]);
    }

    [Fact]
    public void a_network_is_parsed_and_a_wrong_one_is_told()
    {
        using var services = Services(("Lanes__Ittybit__From__0", "10.0.0.0/8"), ("Lanes__Ittybit__From__1", "fd00::/8"));

        services.GetRequiredService<IOptions<OtherOptions>>().Value.From
            .ShouldBe([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8")]);
        Objections("Lanes__Ittybit__From__0", "10.0.0.0/33").ShouldBe(["Lanes__Ittybit__From__0 cannot be read as IPNetwork."]);
    }

    private static IReadOnlyList<string> Objections(string variable, string value = "1")
    {
        using var services = Services((variable, value));
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (Exception refused) when (refused is OptionsValidationException or AggregateException)
        {
            IEnumerable<Exception> each = refused is AggregateException several ? several.InnerExceptions : [refused];
            return [.. each.Cast<OptionsValidationException>().SelectMany(one => one.Failures).Distinct()];
        }
    }

    private static ServiceProvider Services(params (string Variable, string Value)[] environment)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(environment.Select(one =>
            KeyValuePair.Create(one.Variable.Replace("__", ":", StringComparison.Ordinal), (string?)one.Value)));
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration.Build()).AddConnectionString("Sample");
        services.AddSettings<BusOptions>("Bus");
        services.AddSettings<LaneLikeOptions>("Lanes:Ittybit", variables: "LANE_RATE");
        services.AddSettings<LaneLikeOptions>("Lanes:Ittybit");
        services.AddSettings<OtherOptions>("Lanes:Ittybit");
        return services.BuildServiceProvider();
    }

    internal sealed class LaneLikeOptions
    {
        public int Rate { get; set; } = 1;

        public Uri? BaseAddress { get; set; }

        public string[] Networks { get; set; } = [];

        [ValidateObjectMembers]
        public SampleOptions.Inner Within { get; set; } = new();
    }

    internal sealed class OtherOptions
    {
        [Range(1, 10)]
        public int Other { get; set; } = 1;

        public IPNetwork[] From { get; set; } = [];
    }
}
