using System.Text.RegularExpressions;

namespace Podcast.EndToEnd.Tests.Metrics;

/// <summary>Finds the metrics and labels in an expression of PromQL.</summary>
internal static partial class PromQl
{
    /// <summary>
    /// Metrics that are not ours: of RabbitMQ's plugin (https://www.rabbitmq.com/docs/prometheus, family queue_coarse_metrics) and of
    /// Prometheus itself.
    /// </summary>
    private static readonly Dictionary<string, string[]> others = new()
    {
        ["rabbitmq_detailed_queue_messages_ready"] = ["queue", "vhost"],
        ["up"] = [],
    };

    private static readonly HashSet<string> ofEvery = ["job", "instance", "le"];
    private static readonly HashSet<string> keywords = ["by", "without", "and", "or", "unless", "on", "ignoring", "offset", "bool", "inf"];

    /// <summary>The names that nobody exports.</summary>
    /// <param name="question">The expression.</param>
    /// <param name="text">The legend of its panel or the summary of its alert, with labels in double braces.</param>
    /// <param name="exported">The labels by the metric's name.</param>
    public static IEnumerable<string> Objections(
        string question, string text, IReadOnlyDictionary<string, IReadOnlySet<string>> exported)
    {
        IReadOnlySet<string>? LabelsOf(string metric) =>
            exported.GetValueOrDefault(metric) ?? (others.TryGetValue(metric, out var labels) ? labels.ToHashSet() : null);

        question = Texts().Replace(question, "''");
        var told = Told().Matches(text).Select(match => match.Groups["label"].Value);
        var grouped = Groups().Matches(question).SelectMany(match => match.Groups["labels"].Value.Split(',')).Select(label => label.Trim());
        var names = Names().Matches(Matchers().Replace(Groups().Replace(question, " "), " ")).Select(match => match.Value)
            .Where(name => !keywords.Contains(name)).Distinct().ToList();

        foreach (var name in names.Where(name => LabelsOf(name) is null))
            yield return $"{name} is exported by nobody";
        foreach (var label in told.Concat(grouped).Distinct().Where(label => label.Length > 0 && !ofEvery.Contains(label)))
        {
            if (!names.Exists(name => LabelsOf(name)?.Contains(label) == true))
                yield return $"{label} is a label of none of {string.Join(", ", names)}";
        }

        foreach (Match selected in Selected().Matches(question))
        {
            foreach (Match label in Matcher().Matches(selected.Groups["matchers"].Value))
            {
                if (!ofEvery.Contains(label.Groups["label"].Value)
                    && LabelsOf(selected.Groups["name"].Value)?.Contains(label.Groups["label"].Value) == false)
                    yield return $"{selected.Groups["name"].Value} has no label {label.Groups["label"].Value}";
            }
        }
    }

    [GeneratedRegex(@"\{\{\s*(\$labels\.)?(?<label>\w+)[^}]*\}\}")]
    private static partial Regex Told();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'")]
    private static partial Regex Texts();

    [GeneratedRegex(@"\b(by|without|on|ignoring)\s*\((?<labels>[^)]*)\)")]
    private static partial Regex Groups();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]")]
    private static partial Regex Matchers();

    [GeneratedRegex(@"(?<name>\b[a-z]\w*)\{(?<matchers>[^}]*)\}")]
    private static partial Regex Selected();

    [GeneratedRegex(@"(?<label>\w+)\s*(=~|!~|!=|=)")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\b[a-z][a-z0-9_]*\b(?!\s*\()")]
    private static partial Regex Names();
}
