using System.Reflection;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Podcast.WebhookGateway.Receiving;

namespace Podcast.FaultRunner.BuiltIn;

/// <summary>A bus whose Publish completes at once and drops later errors.</summary>
internal class NoConfirmation : DispatchProxy
{
    private IBus bus = null!;

    public static IBus Around(IBus bus)
    {
        var hasty = Create<IBus, NoConfirmation>();
        ((NoConfirmation)(object)hasty).bus = bus;
        return hasty;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(bus, args);
        if (result is not Task published || targetMethod.Name != nameof(IBus.Publish))
            return result;

        _ = Forget(published);
        return Task.CompletedTask;
    }

    private static async Task Forget(Task published)
    {
        try
        {
            await published;
        }
        catch (Exception)
        {
            // the caller has continued
        }
    }
}

internal static class NoConfirmationSetup
{
    public static void AnswerBeforeConfirmation(this IBusRegistrationConfigurator bus) =>
        bus.Replace(ServiceDescriptor.Singleton(provider => ActivatorUtilities.CreateInstance<WebhookReceiver>(
            provider, NoConfirmation.Around(provider.GetRequiredService<IBus>()))));
}
