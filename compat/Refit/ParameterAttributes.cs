namespace Refit;

/// <summary>The parameter is the request's content.</summary>
/// <remarks>Upstream also chooses a serialization method and buffering here; the stand-in has only upstream's default, JSON.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class BodyAttribute : Attribute;

/// <summary>The parameter is a value of the query string, under its own name or that of <see cref="AliasAsAttribute"/>.</summary>
/// <remarks>Upstream also flattens objects into several values and has prefixes, delimiters and collection formats.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueryAttribute : Attribute;

/// <summary>The name of a parameter on the wire.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AliasAsAttribute(string name) : Attribute
{
    /// <summary>The name in the path or query.</summary>
    public string Name { get; } = name;
}

/// <summary>The parameter is a header of the request; null removes the header.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HeaderAttribute(string header) : Attribute
{
    /// <summary>The header's name.</summary>
    public string Header { get; } = header;
}

/// <summary>Headers of every request of an interface or method, each <c>Name: value</c>; a name alone removes the interface's.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Method)]
public sealed class HeadersAttribute(params string[] headers) : Attribute
{
    /// <summary>As given.</summary>
    public string[] Headers { get; } = headers;
}
