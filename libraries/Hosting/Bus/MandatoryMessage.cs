namespace Podcast.Hosting.Bus;

/// <summary>A message type that is published with RabbitMQ's mandatory flag: the publish fails if no queue is bound.</summary>
internal sealed record MandatoryMessage(Type Type);

internal static class MandatoryMessages
{
    public static void UseMandatoryMessages(this IBusFactoryConfigurator cfg, IEnumerable<MandatoryMessage> messages)
    {
        var types = messages.Select(message => typeof(PublishContext<>).MakeGenericType(message.Type)).Distinct().ToArray();
        if (types.Length > 0)
            cfg.ConfigurePublish(publish => publish.UseExecute(context => context.Mandatory |= Array.Exists(types, type => type.IsInstanceOfType(context))));
    }
}
