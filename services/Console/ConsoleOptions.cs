using System.ComponentModel.DataAnnotations;

namespace Podcast.OperatorsConsole;

/// <summary>Section <c>Console</c>.</summary>
public sealed class ConsoleOptions
{
    private const string Source = @"https?://(\*\.)?[A-Za-z0-9.-]+(:[0-9]+)?";

    /// <summary>Where Ingest.Api is. Null: in this process.</summary>
    public Uri? ApiAddress { get; set; }

    /// <summary>
    /// True lets in, without a token, whoever works at this computer; the API must have a local user, too. False: everybody signs in
    /// with a bearer token that the API accepts.
    /// </summary>
    public bool LocalUser { get; set; }

    /// <summary>Who signs people in, by OpenID Connect. Without an authority: nobody, and bearer tokens remain.</summary>
    public OpenIdOptions OpenId { get; set; } = new();

    /// <summary>
    /// Encrypts the cookies; the same in all processes of the console; at least 32 characters. Null: each process has a key of its
    /// own, and who signed in signs in again after a restart. Not for Standalone, whose database keeps a key.
    /// </summary>
    [MinLength(32)]
    public string? Key { get; set; }

    /// <summary>RabbitMQ's management UI, for a link to it. Null: none.</summary>
    public Uri? RabbitMqManagement { get; set; }

    /// <summary>
    /// Where browsers may upload to: where Ittybit's addresses for uploads are, as sources of a content security policy, with a space
    /// between two.
    /// </summary>
    [RegularExpression($"{Source}( {Source})*", ErrorMessage = "Console:UploadTo must look like https://*.ittybit.net.")]
    public string UploadTo { get; set; } = "https://*.ittybit.net";

    /// <summary>Larger files are refused before they are sent; bytes. The default is what the API takes.</summary>
    [Range(1, 256L << 30)]
    public long LargestUpload { get; set; } = 256L << 30;

    /// <summary>
    /// How much of a file goes in one request, and is sent again after a cut; bytes. The default is that of Ittybit's guides.
    /// </summary>
    [Range(1, 1 << 30)]
    public int UploadRange { get; set; } = 16 << 20;

    /// <summary>How long an answer of the API may take.</summary>
    public TimeSpan ApiTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
