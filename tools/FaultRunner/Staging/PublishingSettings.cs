using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Secrets;
using static Podcast.FaultRunner.Staging.ServiceSettings;

namespace Podcast.FaultRunner.Staging;

/// <summary>The settings of the publishers and of both channels' emulators.</summary>
internal static class PublishingSettings
{
    /// <summary>The channel that the emulator has at first.</summary>
    public const string YouTubeChannel = "UCemulatedchannel0000001";

    public const string TransistorShow = "1";

    private const string Chunk = "524288"; // the smallest of which YouTube can keep a half

    public static Dictionary<string, string> Of(Addresses addresses, PlantedSecrets secrets, string directory, RunSettings run) => new()
    {
        ["TRANSISTOR_API_KEY"] = secrets.TransistorKey,
        ["Transistor__BaseAddress"] = new Uri(addresses.Provider, "/emulators/transistor").ToString(),
        ["Lanes__Transistor__Rate"] = "25",
        ["Lanes__Transistor__PauseWhenTooMany"] = Seconds(4),
        ["YouTube__BaseAddress"] = new Uri(addresses.Provider, "/emulators/youtube").ToString(),
        ["YouTube__TokenAddress"] = new Uri(addresses.Provider, "/emulators/youtube/token").ToString(),
        ["YouTube__Accounts__main__ClientId"] = "podcast.apps.googleusercontent.com",
        ["YouTube__Accounts__main__ClientSecret"] = secrets.GoogleSecret,
        ["YouTube__Accounts__main__RefreshToken"] = secrets.RefreshToken,
        ["YouTube__Accounts__main__ChannelId"] = YouTubeChannel,
        ["YouTube__InsertsPerDay"] = "1000000",
        ["YouTube__UnitsPerDay"] = "1000000000",
        ["YouTube__Timeout"] = Seconds(10),
        ["Publishing__ChunkSize"] = Chunk,
        ["Publishing__TransferTimeout"] = Seconds(15),
        ["Publishing__AudioTimeout"] = Seconds(15),
        ["Publishing__UnansweredAfter"] = Seconds(60 + Differences(run)),
        ["Publishing__CheckAfter"] = Seconds(0.5),
        ["Publishing__MaxCheckGap"] = Seconds(4),
        ["Publishing__RetryDelay"] = Seconds(0.5),
        ["Publishing__MaxRetryDelay"] = Seconds(15),
        ["Publishing__SweepInterval"] = Seconds(0.5),
        ["Publishing__ClaimLease"] = Seconds(10),

        ["Emulators__Transistor__PublicUrl"] = addresses.Provider.ToString(),
        ["Emulators__Transistor__Directory"] = Path.Combine(directory, "transistor"),
        ["Emulators__Transistor__Keys__0__Key"] = secrets.TransistorKey,
        ["Emulators__Transistor__Shows__0__Id"] = TransistorShow,
        ["Emulators__Transistor__Shows__0__Slug"] = "faults",
        ["Emulators__Transistor__Shows__0__Title"] = "Faults",
        ["Emulators__Transistor__ProcessingTime"] = Seconds(2),
        ["Emulators__Transistor__RequestsPerWindow"] = "40", // less than the lane lets through, so that some are answered 429
        ["Emulators__Transistor__Window"] = Seconds(4),
        ["Emulators__YouTube__PublicUrl"] = addresses.Provider.ToString(),
        ["Emulators__YouTube__Directory"] = Path.Combine(directory, "youtube"),
        ["Emulators__YouTube__RefreshToken"] = secrets.RefreshToken,
        ["Emulators__YouTube__ProcessingTime"] = Seconds(1),
        ["Emulators__YouTube__InsertsPerDay"] = "1000000",
        ["Emulators__YouTube__UnitsPerDay"] = "1000000000",
        ["Emulators__YouTube__ChannelUploadsPerDay"] = "1000000",
    };
}
