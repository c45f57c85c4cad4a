using System.Text.RegularExpressions;

namespace Podcast.Deploy.Tests;

/// <summary>deploy/Dockerfile and what it sees.</summary>
public class The_image
{
    private static readonly string[] steps = Regex.Split(Repository.Text("deploy", "Dockerfile"), "\n(?=[A-Z])");

    [Fact]
    public void starts_from_images_with_a_version()
    {
        foreach (var from in steps.Where(step => step.StartsWith("FROM ", StringComparison.Ordinal)))
            from.ShouldMatch(@"^FROM mcr\.microsoft\.com/dotnet/(sdk|aspnet):10\.0 AS [a-z]+");
    }

    [Fact]
    public void runs_as_a_plain_user_that_kubernetes_can_tell_is_no_root()
    {
        var user = Array.FindIndex(steps, step => step.StartsWith("USER $APP_UID", StringComparison.Ordinal));

        user.ShouldBeGreaterThan(Array.FindLastIndex(steps, step => step.StartsWith("COPY", StringComparison.Ordinal)));
        steps.Skip(user).ShouldNotContain(step => step.StartsWith("RUN", StringComparison.Ordinal));
        steps.Count(step => step.StartsWith("USER", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void tells_whether_it_is_healthy_with_what_it_has()
    {
        steps.ShouldContain(step => step.StartsWith("HEALTHCHECK ", StringComparison.Ordinal) && step.Contains("CMD [\"bash\", \"/usr/local/bin/healthy\"]"));
        steps.ShouldContain("COPY deploy/healthy /usr/local/bin/healthy");
        Repository.Text("deploy", "healthy").ShouldContain("/health/ready");
    }

    [Fact]
    public void compiles_often_called_methods_on_one_processor_too() =>
        steps.ShouldContain(step => step.StartsWith("ENV DOTNET_TC_DelaySingleProcMultiplier=1", StringComparison.Ordinal));

    [Fact]
    public void is_there_for_every_host_that_is_deployed()
    {
        var hosts = Directory.EnumerateFiles(Repository.File("deploy", "kubernetes", "base"), "*.yaml")
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "image: podcast/([a-z-]+):")).Select(match => match.Groups[1].Value)
            .Distinct().ToList();
        var folders = Regex.Match(string.Join('\n', steps), @"find ([a-z ]+) -name").Groups[1].Value.Split(' ');
        var seen = Repository.Text(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();

        hosts.ShouldContain("batch");
        foreach (var host in hosts)
        {
            var project = folders.SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.csproj", SearchOption.AllDirectories))
                .Single(path => Path.GetFileNameWithoutExtension(path).Replace(".", "").Equals(host.Replace("-", ""), StringComparison.OrdinalIgnoreCase));
            var path = Path.GetRelativePath(Repository.File(), project);
            seen.ShouldContain(folder => path.StartsWith(folder + "/"), path);
        }
    }

    [Fact]
    public void is_given_no_secret() =>
        steps.Where(step => Regex.IsMatch(step, "^(ARG|ENV)")).ShouldAllBe(step => !Regex.IsMatch(step, "password|secret|key|token", RegexOptions.IgnoreCase));

    [Fact]
    public void sees_nothing_that_is_not_named()
    {
        var lines = Repository.Text(".dockerignore").Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();

        lines[0].ShouldBe("*");
        lines.ShouldContain("**/.env");
        lines.Where(line => line.StartsWith('!')).ShouldAllBe(line => !line.Contains("tests") && !line.Contains(".git") && line != "!deploy");
    }
}
