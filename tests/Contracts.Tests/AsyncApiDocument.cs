using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using MassTransit;
using Podcast.Hosting.Bus;
using YamlDotNet.Serialization;

namespace Podcast.Contracts.Tests;

/// <summary>
/// <c>contracts/asyncapi.yaml</c> as the records say it: a channel for each exchange, a message for each record, a schema for each part,
/// with the texts of the XML documentation. Format: AsyncAPI 3.0 (www.asyncapi.com/docs/reference/specification/v3.0.0).
/// </summary>
internal static class AsyncApiDocument
{
    private static readonly Assembly Contracts = typeof(EpisodeUploaded).Assembly;
    private static readonly ExchangeNames Exchanges = new();
    private static readonly XmlTexts Texts = XmlTexts.Of(Contracts);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = default,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    // What other teams may publish, and what we publish for them. All other exchanges are between our own services.
    private static readonly Type[] Received =
    [
        typeof(EpisodeUploaded), typeof(RetryEpisode), typeof(CancelEpisode), typeof(ResumeEpisode), typeof(ResumeLane),
        typeof(ApprovePublication), typeof(RetryPublication), typeof(RetractPublication), typeof(HoldPublication), typeof(ResumePublication),
        typeof(MoveRelease),
    ];

    private static readonly Type[] Sent =
    [
        typeof(EpisodeProcessed), typeof(EpisodeFailed), typeof(EpisodeChanged), typeof(LaneChanged), typeof(ShowChanged),
        typeof(EpisodePublished), typeof(PublishingFailed), typeof(PublicationChanged), typeof(QuotaSpent),
    ];

    public static JsonObject Make(IEnumerable<Type> messages)
    {
        var all = messages.OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Podcast",
                ["version"] = "1.0.0",
                ["description"] =
                    "Messages on RabbitMQ. Contracts only grow: new fields are optional, and a reader ignores what it does not know. "
                    + "We send MassTransit's envelope, whose field `message` holds the payload described here, and also take the payload "
                    + "alone as plain JSON (docs/publishing-from-elsewhere.md).",
            },
            ["defaultContentType"] = "application/json",
            ["channels"] = Named(all, Channel),
            ["operations"] = Named(all.Where(type => Received.Contains(type) || Sent.Contains(type)), Operation),
            ["components"] = new JsonObject { ["messages"] = Named(all, Message), ["schemas"] = Named(Parts(all).Concat(all), Schema) },
        };
    }

    public static string ToYaml(JsonNode node) =>
        new SerializerBuilder().WithQuotingNecessaryStrings(quoteYaml1_1Strings: true).WithMaximumRecursion(64).Build().Serialize(Plain(node)!);

    private static JsonObject Named(IEnumerable<Type> types, Func<Type, JsonNode> make) =>
        new(types.OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => KeyValuePair.Create<string, JsonNode?>(type.Name, make(type))));

    private static JsonObject Channel(Type message) => new()
    {
        ["address"] = Exchanges.FormatEntityName(message),
        ["description"] = Texts.Summary(message),
        ["messages"] = new JsonObject { [message.Name] = Ref("messages", message) },
        ["tags"] = new JsonArray(new JsonObject { ["name"] = Received.Contains(message) || Sent.Contains(message) ? "public" : "internal" }),
        ["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "routingKey",
                ["exchange"] = new JsonObject
                {
                    ["name"] = Exchanges.FormatEntityName(message),
                    ["type"] = "fanout",
                    ["durable"] = true,
                    ["autoDelete"] = false,
                },
                ["bindingVersion"] = "0.3.0",
            },
        },
    };

    private static JsonObject Operation(Type message) => new()
    {
        ["action"] = Received.Contains(message) ? "receive" : "send",
        ["channel"] = new JsonObject { ["$ref"] = $"#/channels/{message.Name}" },
        ["summary"] = Texts.Summary(message),
    };

    private static JsonObject Message(Type message) => new()
    {
        ["name"] = MessageUrn.ForTypeString(message),
        ["title"] = message.Name,
        ["payload"] = Ref("schemas", message),
    };

    private static JsonNode Schema(Type type) => Json.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => Described(context, IsPart(context) ? PartRef(context, schema) : Shown(schema)),
    });

    private static bool IsPart(JsonSchemaExporterContext context) => context.Path.Length > 0 && PartOf(context.TypeInfo.Type) is not null;

    private static Type? PartOf(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var bare && bare.Assembly == Contracts ? bare : null;

    private static JsonObject PartRef(JsonSchemaExporterContext context, JsonNode schema)
    {
        var part = Ref("schemas", PartOf(context.TypeInfo.Type)!);
        var mayBeNull = schema["type"] is JsonArray types && types.Any(type => (string?)type == "null")
            || schema["enum"] is JsonArray values && values.Contains(null);
        return mayBeNull ? new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, part) } : part;
    }

    /// <summary>A field that may be null may be left out, though the constructor of our record has no default for it.</summary>
    private static JsonNode Shown(JsonNode schema)
    {
        if (schema is JsonObject shown && shown["required"] is JsonArray required && shown["properties"] is JsonObject properties)
        {
            string[] needed = [.. required.Select(name => (string)name!).Where(name => !MayBeNull(properties[name]!))];
            shown["required"] = new JsonArray([.. needed.Select(name => JsonValue.Create(name))]);
        }

        return schema;
    }

    private static bool MayBeNull(JsonNode schema) =>
        schema["oneOf"] is not null || (schema["type"] is JsonArray types && types.Any(type => (string?)type == "null"));

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode schema)
    {
        var text = context.PropertyInfo is { } property
            ? Texts.Parameter(property.DeclaringType, property.Name)
            : context.Path.Length == 0 ? Texts.Summary(context.TypeInfo.Type) : null;
        if (text is not null && schema is JsonObject described)
            described.Insert(0, "description", text);
        return schema;
    }

    private static JsonObject Ref(string kind, Type type) => new() { ["$ref"] = $"#/components/{kind}/{type.Name}" };

    /// <summary>Records and enums that are parts of messages.</summary>
    private static IEnumerable<Type> Parts(List<Type> messages) =>
        Contracts.GetExportedTypes().Where(type => (type.IsEnum || type.GetMethod("<Clone>$") is not null) && !messages.Contains(type));

    private static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonObject fields => fields.ToDictionary(field => field.Key, field => Plain(field.Value)),
        JsonArray items => items.Select(Plain).ToList(),
        _ when node.GetValueKind() == JsonValueKind.String => (string)node!,
        _ when node.GetValueKind() is JsonValueKind.True or JsonValueKind.False => (bool)node,
        _ => JsonSerializer.Deserialize<decimal>(node.ToJsonString()),
    };
}
