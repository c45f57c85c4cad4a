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
            ["Console:LocalUser"] = "true",
            ["Webhooks:Key"] = Secret(),
            ["Webhooks:PublicUrl"] = address.ToString(),
            ["Sources:AllowLoopback"] = "true",
            ["Outbox:KeepSent"] = "00:10:00", // replaces messages that the in-memory bus loses when the process dies
            ["Orchestrator:SweepInterval"] = "00:00:00.250",
            ["Orchestrator:UnansweredAfter"] = "00:00:10",
            ["Orchestrator:CheckAfter"] = "00:00:05",
            ["Orchestrator:MaxCheckGap"] = "00:00:30",
            ["Orchestrator:RetryDelay"] = "00:00:02",
            ["Publishing:SweepInterval"] = "00:00:00.250",
            ["Publishing:CheckAfter"] = "00:00:00.500",
            ["Publishing:UnansweredAfter"] = "00:11:00", // longer than an upload to Transistor may take
        };

        if (UsesEmulators)
        {
            settings["Ittybit:ApiKey"] = "emulator";
            settings["Lanes:Ittybit:Rate"] = "200";
            settings["Console:UploadTo"] = address.GetLeftPart(UriPartial.Authority);
            settings["Ittybit:BaseAddress"] = new Uri(address, "/emulators/ittybit").ToString();
            settings["Emulators:Ittybit:Directory"] = Path.Combine(data.FullName, "ittybit");
            settings["Emulators:Ittybit:PublicUrl"] = address.ToString();
            settings["Emulators:Ittybit:WebhookSecret"] = Secret();
            settings["Emulators:Ittybit:ProgressStep"] = "20";
            settings["Webhooks:Secrets:0"] = Secret();
            settings["Transistor:ApiKey"] = "emulator";
            settings["Transistor:BaseAddress"] = new Uri(address, "/emulators/transistor").ToString();
            settings["Lanes:Transistor:Rate"] = "0";
            settings["Emulators:Transistor:Directory"] = Path.Combine(data.FullName, "transistor");
            settings["Emulators:Transistor:PublicUrl"] = address.ToString();
            settings["Emulators:Transistor:RequestsPerWindow"] = "1000";
            settings["Emulators:Transistor:Shows:0:Id"] = "1";
            settings["Emulators:Transistor:Shows:0:Slug"] = "podcast";
            settings["Emulators:Transistor:Shows:0:Title"] = "Podcast";
            settings["YouTube:BaseAddress"] = new Uri(address, "/emulators/youtube").ToString();
            settings["YouTube:TokenAddress"] = new Uri(address, "/emulators/youtube/token").ToString();
            settings["YouTube:Accounts:main:ClientId"] = "standalone";
            settings["YouTube:Accounts:main:ClientSecret"] = "emulator";
            settings["YouTube:Accounts:main:RefreshToken"] = "1//emulated";
            settings["YouTube:Accounts:main:ChannelId"] = "UCemulatedchannel0000001";
            settings["Emulators:YouTube:Directory"] = Path.Combine(data.FullName, "youtube");
            settings["Emulators:YouTube:PublicUrl"] = address.ToString();
        }

        return new MemoryConfigurationSource { InitialData = settings };
    }

    /// <summary>
    /// Creates the secret once and keeps it, so that callbacks for an earlier run still pass the check. The file is written under
    /// another name first: a full disk leaves an empty one.
    /// </summary>
    private string Secret()
    {
        var path = Path.Combine(data.FullName, ".secret");
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            File.WriteAllText(path + ".new", Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
            File.Move(path + ".new", path, overwrite: true);
        }

        return File.ReadAllText(path);
    }
}
