using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Podcast.SettingsBinding;

namespace Podcast.OperatorsConsole.Tests;

public sealed class The_shared_key
{
    private const string Key = "a key of thirty-two characters and more";

    [Fact]
    public void lets_every_process_read_what_another_wrote() =>
        Protector(Key).Unprotect(Protector(Key).Protect("ann")).ShouldBe("ann");

    [Fact]
    public void other_key_reads_nothing() =>
        Should.Throw<CryptographicException>(() => Protector(Key + "!").Unprotect(Protector(Key).Protect("ann")));

    private static IDataProtector Protector(string key)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new("Console:Key", key)]).Build());
        services.AddSettings<ConsoleOptions>("Console");
        services.AddSharedKey();
        return services.BuildServiceProvider().GetDataProtector("test");
    }
}
