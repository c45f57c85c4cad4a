using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Podcast.Contracts.Tests;

/// <summary>The texts of an assembly's XML documentation, without its tags.</summary>
internal sealed partial class XmlTexts(XDocument document)
{
    public static XmlTexts Of(Assembly assembly) => new(XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")));

    public string? Summary(Type type) => Text(Member(type)?.Element("summary"));

    /// <param name="name">Of the record's parameter, in any case.</param>
    public string? Parameter(Type type, string name) => Text(Member(type)?.Elements("param")
        .FirstOrDefault(param => string.Equals((string?)param.Attribute("name"), name, StringComparison.OrdinalIgnoreCase)));

    private XElement? Member(Type type) =>
        document.Descendants("member").FirstOrDefault(member => (string?)member.Attribute("name") == $"T:{type.FullName}");

    private static string? Text(XElement? element) => element is null ? null
        : Spaces().Replace(string.Concat(element.Nodes().Select(Words)), " ").Trim();

    private static string Words(XNode node) => node switch
    {
        XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref") ?? "")[2..].Split('.')[^1],
        XElement { Name.LocalName: "paramref" } reference => (string)reference.Attribute("name")!,
        XElement element => element.Value,
        _ => node.ToString(),
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
