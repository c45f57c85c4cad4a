using System.Security.Cryptography;
using Microsoft.Extensions.Configuration.Memory;

namespace Podcast.Standalone;

/// <summary>
/// The defaults of Standalone, which the environment may override: all addresses local, all files in one directory, short
/// intervals.
/// </summary>
internal sealed class StandaloneSettings(IConfiguration environment, Uri address, DirectoryInfo data)
{
    /// <summary>False when an Ittybit key is set: then requests go to the real Ittybit.</summary>
    public bool UsesEmulators { get; } =
        string.IsNullOrWhiteSpace(environment["ITTYBIT_API_KEY"]) && string.IsNullOrWhiteSpace(environment["Ittybit:ApiKey"]);

    public MemoryConfigurationSource Defaults()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Data:Directory"] = data.FullName,
            ["Auth:LocalUser"] = "local",
            ["Webhooks:Key"] = Secret(),
            ["Webhooks:PublicUrl"] = address.ToString(),
            ["Sources:AllowLoopback"] = "true",
            ["Outbox:KeepSent"] = "00:10:00", // replaces messages that the in-memory bus loses when the process dies
            ["Orchestrator:SweepInterval"] = "00:00:00.250",
            ["Orchestrator:UnansweredAfter"] = "00:00:10",
            ["Orchestrator:CheckAfter"] = "00:00:05",
            ["Orchestrator:MaxCheckGap"] = "00:00:30",
            ["Orchestrator:RetryDelay"] = "00:00:02",
        };

        if (UsesEmulators)
        {
            settings["Ittybit:ApiKey"] = "emulator";
            settings["Lanes:Ittybit:Rate"] = "200";
            settings["Ittybit:BaseAddress"] = new Uri(address, "/emulators/ittybit").ToString();
            settings["Emulators:Ittybit:Directory"] = Path.Combine(data.FullName, "ittybit");
            settings["Emulators:Ittybit:PublicUrl"] = address.ToString();
            settings["Emulators:Ittybit:WebhookSecret"] = Secret();
            settings["Emulators:Ittybit:ProgressStep"] = "20";
            settings["Webhooks:Secrets:0"] = Secret();
        }

        return new MemoryConfigurationSource { InitialData = settings };
    }

    /// <summary>Creates the secret once and keeps it, so that callbacks for an earlier run still pass the check.</summary>
    private string Secret()
    {
        var path = Path.Combine(data.FullName, ".secret");
        if (!File.Exists(path))
            File.WriteAllText(path, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        return File.ReadAllText(path);
    }
}
