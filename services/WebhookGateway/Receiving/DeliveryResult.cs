namespace Podcast.WebhookGateway.Receiving;

/// <summary>The result of a delivery: a receipt or a rejection.</summary>
internal readonly record struct DeliveryResult(Receipt? Receipt, Rejection? Rejection)
{
    public static implicit operator DeliveryResult(Receipt receipt) => new(receipt, null);

    public static implicit operator DeliveryResult(Rejection rejection) => new(null, rejection);
}
