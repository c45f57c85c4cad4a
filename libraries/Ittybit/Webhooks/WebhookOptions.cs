using System.ComponentModel.DataAnnotations;

namespace Podcast.Ittybit;

/// <summary>Section <c>Webhooks</c>: where Ittybit reports to, and how we know that it was Ittybit.</summary>
public sealed class WebhookOptions
{
    /// <summary>The gateway's address as Ittybit sees it; <c>/webhooks/ittybit/…</c> is put behind it.</summary>
    [Required(ErrorMessage = "Set Webhooks__PublicUrl to the address at which Ittybit reaches the webhook gateway.")]
    public Uri PublicUrl { get; set; } = null!;

    /// <summary>Signs the tokens of callback addresses; at least 16 characters, the same in every process.</summary>
    [Required(ErrorMessage = "Set Webhooks__Key to a secret of at least 16 characters.")]
    [MinLength(16, ErrorMessage = "Webhooks__Key must have at least 16 characters.")]
    public string Key { get; set; } = "";

    /// <summary>Secrets that Ittybit may sign with, old and new during a change. <c>ITTYBIT_WEBHOOK_SECRET</c> joins them.</summary>
    public string[] Secrets { get; set; } = [];

    /// <summary>The header that carries the signature.</summary>
    [Required]
    public string SignatureHeader { get; set; } = "Ittybit-Signature";
}
