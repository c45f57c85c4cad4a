using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Podcast.Contracts;
using Podcast.Deploy.Tests.Hosts;

namespace Podcast.Deploy.Tests;

/// <summary>The pages about RabbitMQ say what the code does.</summary>
public partial class The_pages
{
    private static readonly string operating = Repository.Text("docs", "operating-rabbitmq.md");
    private static readonly string publishing = Repository.Text("docs", "publishing-from-elsewhere.md");

    private static readonly JsonSerializerOptions strict = new(JsonSerializerOptions.Web)
    {
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
    };

    [Fact]
    public void tell_an_operator_what_every_queue_means_and_whose_it_is()
    {
        var explained = Row().Matches(operating).ToDictionary(row => row.Groups["queue"].Value, row => row.Groups["host"].Value);

        explained.ShouldBe(Host.All.SelectMany(host => host.Queues, (host, queue) => KeyValuePair.Create(queue, host.Folder)), ignoreOrder: true);
    }

    [Fact]
    public void tell_an_operator_of_every_queue_whether_it_may_be_purged()
    {
        var table = operating.Split("## What may be thrown away")[1].Split("\n## ")[0];

        Host.All.SelectMany(host => host.Queues).Where(queue => !table.Contains($"`{queue}`")).ShouldBeEmpty();
    }

    [Fact]
    public void show_a_publisher_the_message_as_it_is()
    {
        var example = Regex.Match(publishing, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var message = JsonSerializer.Deserialize<EpisodeUploaded>(example, strict)!;

        message.Source.Url.ShouldNotBeNull();
        message.Tasks!.Select(task => task.Kind).ShouldBe(Enum.GetValues<TaskKind>());
        JsonNode.Parse(example)!.AsObject().Select(field => field.Key).ShouldBe(
            typeof(EpisodeUploaded).GetProperties().Select(field => JsonNamingPolicy.CamelCase.ConvertName(field.Name)), ignoreOrder: true);
    }

    [Fact]
    public void give_a_publisher_calls_that_are_understood()
    {
        var body = Regex.Match(publishing, "--data '(.*?)'", RegexOptions.Singleline).Groups[1].Value;
        var payloads = Regex.Matches(publishing, "payload='(.*?)'").Select(match => match.Groups[1].Value)
            .Append(JsonNode.Parse(body).Word("payload")!).ToList();

        payloads.Count.ShouldBe(2);
        foreach (var payload in payloads)
        {
            var message = JsonSerializer.Deserialize<EpisodeUploaded>(payload, strict)!;
            message.EpisodeId.ShouldNotBe(Guid.Empty);
            message.OwnerId.ShouldBe("alice");
            message.Source.Url.ShouldNotBeNull();
        }

        Regex.Matches(publishing, @"exchange=""?(podcast\.[a-z-]+)|exchanges/podcast/(podcast\.[a-z-]+)").ShouldAllBe(match =>
            match.Value.EndsWith(Host.Exchange(typeof(EpisodeUploaded))));
    }

    [Fact]
    public void name_the_exchanges_that_there_are()
    {
        var exchanges = typeof(EpisodeUploaded).Assembly.GetTypes().Where(type => type is { IsClass: true, IsPublic: true, IsAbstract: false })
            .Select(Host.Exchange).ToList();

        foreach (Match mention in Regex.Matches(operating + publishing, @"`(podcast\.[a-z-]+)`"))
            exchanges.ShouldContain(mention.Groups[1].Value);
    }

    [GeneratedRegex(@"^\| `(?<queue>[a-z-]+)` \| (?<host>[A-Z][A-Za-z.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
