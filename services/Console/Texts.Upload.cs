namespace Podcast.OperatorsConsole;

internal static partial class Texts
{
    public const string Upload = "Upload", Title = "Title", ByAddress = "Give an address instead";
    public const string DropHere = "Drop a video here, or pick one", KindsTaken = "MP4, MOV, MKV, WebM and other video";
    public const string UploadNeedsScripts = "Uploading a file from here needs scripts. Without them, give the address of a file.";
    public const string Address = "Address of the video", AddressHint = "Ittybit fetches it: public, http or https.";
    public const string NoShow = "None: it is not published", Fetch = "Fetch it", GoOn = "Go on", Pause = "Pause", Forget = "Forget it";
    public const string StartUpload = "Upload", Unfinished = "Unfinished uploads";

    /// <summary>What upload.js says; <c>{0}</c> and so on are filled in there.</summary>
    public static readonly IReadOnlyDictionary<string, string> UploadScript = new Dictionary<string, string>
    {
        ["none"] = "Pick a video first.",
        ["one"] = "One file at a time: each becomes an episode.",
        ["empty"] = "{0} is empty.",
        ["kind"] = "{0} is not a video. It takes MP4, MOV, MKV, WebM and other video files.",
        ["large"] = "{0} is too large: it has {1}, and {2} is the most.",
        ["picked"] = "{0} · {1}",
        ["known"] = "{0} · {1}, of which {2} % are there already. It goes on from there.",
        ["unfinished"] = "{0} stopped at {1} %. Pick the same file to go on.",
        ["preparing"] = "Asking where it goes…",
        ["sending"] = "Uploading",
        ["progress"] = "{0} % · {1} of {2}",
        ["left"] = "{0} % · {1} of {2} · {3} left",
        ["paused"] = "Paused. Nothing is lost.",
        ["cut"] = "The line is cut, or the other side is busy. It tries again in {0} s; nothing is lost.",
        ["confirming"] = "All of it is there. Starting on it…",
        ["ended"] = "The address for this upload is no longer valid. Press Upload to begin anew.",
        ["unreadable"] = "{0} cannot be read any more: it was changed, moved or removed. Pick it again.",
        ["refused"] = "Ittybit does not take it ({0}). {1}",
        ["console"] = "The console did not answer as it should. If you were signed out, sign in in another tab, then go on here.",
        ["start"] = StartUpload,
        ["goOn"] = GoOn,
    };

    public static string UploadGoesElsewhere(string host) =>
        $"Ittybit wants it at {host}, which the setting Console__UploadTo does not name.";
}
