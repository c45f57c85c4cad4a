using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Podcast.Contracts;
using Podcast.Deploy.Tests.Hosts;

namespace Podcast.Deploy.Tests;

/// <summary>deploy/rabbitmq/definitions.json against what the hosts really declare and publish.</summary>
public class The_rabbitmq_definitions
{
    private static readonly JsonNode definitions = JsonNode.Parse(Repository.Text("deploy", "rabbitmq", "definitions.json"))!;

    [Fact]
    public void every_host_may_make_and_read_its_queues()
    {
        foreach (var (host, queue) in from host in Host.All from queue in host.Queues from end in Ends select (host, queue + end))
        {
            May(host.Name, "configure", queue).ShouldBeTrue($"{host} declares {queue}");
            May(host.Name, "write", queue).ShouldBeTrue($"{host} binds {queue}, and puts what failed into it");
            May(host.Name, "read", queue).ShouldBeTrue($"{host} consumes {queue}");
        }
    }

    [Fact]
    public void every_host_may_bind_the_exchanges_of_what_it_consumes()
    {
        foreach (var (host, exchange) in from host in Host.All from exchange in host.Consumes select (host, exchange))
        {
            May(host.Name, "configure", exchange).ShouldBeTrue($"{host} declares {exchange}");
            May(host.Name, "read", exchange).ShouldBeTrue($"{host} binds {exchange} to its queue");
        }
    }

    [Fact]
    public void every_host_may_publish_the_messages_that_it_makes()
    {
        foreach (var (host, exchange) in from host in Host.All from exchange in host.Publishes select (host, exchange))
        {
            May(host.Name, "configure", exchange).ShouldBeTrue($"{host} declares {exchange}");
            May(host.Name, "write", exchange).ShouldBeTrue($"{host} publishes to {exchange}");
        }
    }

    [Fact]
    public void every_consumer_may_tell_that_a_message_failed()
    {
        string[] common = ["podcast.fault", "podcast.receive-fault"];
        foreach (var (host, exchange) in from host in Host.All
                                         where host.Queues.Count > 0
                                         from exchange in host.Consumes.Where(name => !name.Contains(".fault.")).Select(Host.Fault).Concat(common)
                                         select (host, exchange))
        {
            foreach (var right in Rights)
                May(host.Name, right, exchange).ShouldBeTrue($"{host} needs to {right} {exchange} when a message fails");
        }
    }

    [Fact]
    public void no_user_touches_the_queues_of_a_host_that_it_is_not()
    {
        var services = Users().Except(["operator", "queues"]).ToList();
        foreach (var (user, host, queue) in from user in services
                                            from host in Host.All
                                            where host.Name != user
                                            from queue in host.Queues
                                            from end in Ends
                                            select (user, host, queue + end))
        {
            foreach (var right in Rights)
                May(user, right, queue).ShouldBeFalse($"{user} may {right} {queue}, which is {host}'s");
        }
    }

    /// <summary>It shows why messages failed, and puts them back: into a queue, which is by way of the default exchange.</summary>
    [Fact]
    public void queues_user_reads_what_failed_and_publishes_into_queues()
    {
        May("queues", "write", "amq.default").ShouldBeTrue();
        foreach (var host in Host.All)
        {
            host.Queues.ShouldAllBe(queue => May("queues", "read", queue + "_error") && May("queues", "read", queue + "_skipped"));
            host.Queues.ShouldAllBe(queue => !May("queues", "read", queue));
            host.Queues.Concat(host.Publishes).Concat(host.Consumes).ShouldAllBe(name => !May("queues", "write", name));
            host.Queues.Select(queue => queue + "_error").Concat(host.Publishes).ShouldAllBe(name => !May("queues", "configure", name));
        }
    }

    [Fact]
    public void public_facing_users_publish_their_messages_and_read_nothing()
    {
        May("publisher", "write", Host.Exchange(typeof(EpisodeUploaded))).ShouldBeTrue();
        May("webhook-gateway", "write", Host.Exchange(typeof(EpisodeUploaded))).ShouldBeFalse();

        var names = Host.All.SelectMany(host => host.Consumes.Concat(host.Publishes).Concat(host.Queues)).Distinct().ToList();
        names.Where(name => May("publisher", "write", name)).ShouldBe([Host.Exchange(typeof(EpisodeUploaded))]);
        names.Where(name => May("publisher", "configure", name) || May("publisher", "read", name)).ShouldBeEmpty();
        names.Where(name => May("webhook-gateway", "read", name)).ShouldBeEmpty();
        names.Where(name => Rights.Any(right => May("monitoring", right, name))).ShouldBeEmpty();
    }

    [Fact]
    public void batch_user_may_publish_episodes_and_read_their_outcomes()
    {
        foreach (var message in new[] { typeof(EpisodeUploaded), typeof(RetryEpisode) }.Select(Host.Exchange))
        {
            May("batch", "configure", message).ShouldBeTrue(message);
            May("batch", "write", message).ShouldBeTrue(message);
        }

        Type[] heard = [typeof(EpisodeProcessed), typeof(EpisodeFailed), typeof(EpisodeChanged), typeof(TaskCompleted), typeof(TaskFailed)];
        foreach (var message in heard.Select(Host.Exchange))
        {
            May("batch", "configure", message).ShouldBeTrue(message);
            May("batch", "read", message).ShouldBeTrue(message);
            May("batch", "write", message).ShouldBeFalse($"{message} is others' to tell");
        }

        foreach (var name in heard.Select(Host.Exchange).Select(Host.Fault).Concat(["batch-media-x1y2z3", "batch-Media_2-x1y2z3-0f_error", "podcast.fault", "podcast.receive-fault"]))
        {
            foreach (var right in Rights)
                May("batch", right, name).ShouldBeTrue($"the backlog command needs to {right} {name}");
        }
    }

    [Fact]
    public void rights_are_anchored()
    {
        foreach (var permission in definitions.List("permissions").Where(permission => permission.Word("user") != "operator"))
        {
            foreach (var alternative in Rights.SelectMany(right => Regex.Split(permission.Word(right)!, @"\|(?=\^)")))
                alternative.ShouldMatch(@"^\^.*\$$", $"{permission.Word("user")}: a right that also covers longer names");
        }
    }

    [Fact]
    public void limits_are_for_work_and_never_for_what_waits_for_a_person()
    {
        var policy = definitions.List("policies").ShouldHaveSingleItem();
        var pattern = new Regex(policy.Word("pattern")!);

        policy.Word("definition.overflow").ShouldBe("reject-publish", "anything else drops messages");
        foreach (var queue in Host.All.SelectMany(host => host.Queues))
        {
            pattern.IsMatch(queue).ShouldBeTrue(queue);
            pattern.IsMatch(queue + "_error").ShouldBeFalse(queue);
            pattern.IsMatch(queue + "_skipped").ShouldBeFalse(queue);
        }
    }

    [Fact]
    public void no_password_is_in_them()
    {
        foreach (var user in definitions.List("users"))
        {
            user.Word("password_hash")!.ShouldBe($"${{RABBITMQ_{user.Word("name")!.ToUpperInvariant().Replace('-', '_')}_PASSWORD}}");
            user.ContainsKey("password").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task rendering_hashes_the_passwords_as_rabbitmq_checks_them()
    {
        var (code, output, _) = await Render(Users().ToDictionary(Variable, user => $"pass of {user} $&|\\\""));

        code.ShouldBe(0);
        foreach (var user in JsonNode.Parse(output).List("users"))
        {
            var bytes = Convert.FromBase64String(user.Word("password_hash")!);
            var expected = SHA256.HashData([.. bytes[..4], .. Encoding.UTF8.GetBytes($"pass of {user.Word("name")} $&|\\\"")]);
            bytes[4..].ShouldBe(expected, user.Word("name"));
        }
    }

    [Fact]
    public async Task a_password_that_is_missing_is_named()
    {
        var (code, output, error) = await Render(Users().Except(["processing"]).ToDictionary(Variable, _ => "secret"));

        code.ShouldNotBe(0);
        output.ShouldBeEmpty();
        error.ShouldContain("RABBITMQ_PROCESSING_PASSWORD");
    }

    private static readonly string[] Rights = ["configure", "write", "read"];

    private static readonly string[] Ends = ["", "_error", "_skipped"];

    private static IEnumerable<string> Users() => definitions.List("users").Select(user => user.Word("name")!);

    private static string Variable(string user) => $"RABBITMQ_{user.ToUpperInvariant().Replace('-', '_')}_PASSWORD";

    private static bool May(string user, string right, string name) => Regex.IsMatch(
        name, definitions.List("permissions").Single(permission => permission.Word("user") == user).Word(right)!);

    private static async Task<(int Code, string Output, string Error)> Render(Dictionary<string, string> passwords)
    {
        var start = new ProcessStartInfo("bash", [Repository.File("deploy", "rabbitmq", "render")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, password) in passwords)
            start.Environment[name] = password;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
