namespace Podcast.WebhookGateway.Receiving;

/// <summary>The result of a delivery: a receipt or a rejection.</summary>
internal readonly record struct Verdict(Receipt? Receipt, Rejection? Rejection)
{
    public static implicit operator Verdict(Receipt receipt) => new(receipt, null);

    public static implicit operator Verdict(Rejection rejection) => new(null, rejection);
}
