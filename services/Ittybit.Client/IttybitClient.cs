using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Ittybit.Client;

/// <summary>Registers what this library offers. Calling a method twice does no more than calling it once.</summary>
public static class IttybitClient
{
    /// <summary>
    /// The name of the HTTP client behind <see cref="IIttybitApi"/>: <c>services.AddHttpClient(IttybitClient.Name)</c> adds to it. A handler
    /// added so sits inside the retries and sees every single request.
    /// </summary>
    public const string Name = "ittybit";

    /// <summary>
    /// Adds <see cref="IIttybitApi"/> with key, version, time-outs and retries, by <see cref="IttybitOptions"/>. Who makes or receives
    /// callbacks needs <see cref="AddIttybitWebhooks"/> too.
    /// </summary>
    public static IServiceCollection AddIttybitClient(this IServiceCollection services) => throw new NotImplementedException();

    /// <summary>Adds <see cref="CallbackAddress"/> and <see cref="WebhookOptions"/>, checked at start.</summary>
    public static IServiceCollection AddIttybitWebhooks(this IServiceCollection services) => throw new NotImplementedException();
}
