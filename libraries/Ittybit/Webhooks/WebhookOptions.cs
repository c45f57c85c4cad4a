using System.ComponentModel.DataAnnotations;

namespace Podcast.Ittybit;

/// <summary>Section <c>Webhooks</c>: the address to which Ittybit sends webhooks, and the keys that authenticate them.</summary>
public sealed class WebhookOptions
{
    /// <summary>The public address of the webhook gateway; <c>/webhooks/ittybit/…</c> is appended.</summary>
    [Required(ErrorMessage = "Set Webhooks__PublicUrl to the address at which Ittybit reaches the webhook gateway.")]
    public Uri PublicUrl { get; set; } = null!;

    /// <summary>The key that signs the tokens of callback addresses; at least 16 characters, the same in every process.</summary>
    [Required(ErrorMessage = "Set Webhooks__Key to a secret of at least 16 characters.")]
    [MinLength(16, ErrorMessage = "Webhooks__Key must have at least 16 characters.")]
    public string Key { get; set; } = "";

    /// <summary>
    /// Ittybit's signing secrets; during a rotation both the old and the new one. <c>ITTYBIT_WEBHOOK_SECRET</c> is added to them.
    /// </summary>
    public string[] Secrets { get; set; } = [];

    /// <summary>The header that carries the signature.</summary>
    [Required]
    public string SignatureHeader { get; set; } = "Ittybit-Signature";
}
