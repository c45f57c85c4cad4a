using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Refit;

/// <summary>How the arguments of a method become a request.</summary>
internal sealed partial class RestRequest
{
    private readonly HttpMethod method;
    private readonly string path;
    private readonly Dictionary<string, string?> headers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> holes = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, int Position)> query = [];
    private readonly List<(string Name, int Position)> headerParameters = [];
    private readonly int body = -1;

    public RestRequest(string name, HttpMethodAttribute line, MethodInfo declaration)
    {
        method = line.Method;
        path = line.Path;
        if (path is not "" and not ['/', ..] || path.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException($"{name}: the path '{path}' must begin with '/' and stay on one line.");

        ReadHeaders(declaration);
        var inPath = Hole().Matches(path).Select(hole => hole.Groups[1].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);

        foreach (var parameter in declaration.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken)))
        {
            var wire = parameter.GetCustomAttribute<AliasAsAttribute>()?.Name ?? parameter.Name!;
            if (inPath.Contains(wire))
                holes.Add(wire, parameter.Position);
            else if (parameter.GetCustomAttribute<HeaderAttribute>() is { } header)
                headerParameters.Add((header.Header.Trim(), parameter.Position));
            else if (parameter.GetCustomAttribute<BodyAttribute>() is not null)
                body = body < 0 ? parameter.Position : throw new ArgumentException($"{name} has more than one [Body].");
            else if (IsValue(parameter.ParameterType))
                query.Add((wire, parameter.Position));
            else
                throw new ArgumentException(
                    $"{name}: '{parameter.Name}' is no value for a query; mark it [Body] or take it apart.");
        }

        if (inPath.FirstOrDefault(hole => !holes.ContainsKey(hole)) is { } missing)
            throw new ArgumentException($"{name}: no parameter fits '{{{missing}}}' of the path '{path}'.");
    }

    public HttpRequestMessage Build(HttpClient client, RefitSettings settings, object?[] arguments)
    {
        if (client.BaseAddress is null)
            throw new InvalidOperationException("BaseAddress must be set on the HttpClient instance");

        var request = new HttpRequestMessage(method, Address(client.BaseAddress, arguments));
        if (body >= 0)
            request.Content = Content(arguments[body], settings);

        var all = new Dictionary<string, string?>(headers, headers.Comparer);
        foreach (var (name, position) in headerParameters)
            all[name] = arguments[position]?.ToString();

        foreach (var (name, value) in all)
            SetHeader(request, name, value);
        return request;
    }

    private void ReadHeaders(MethodInfo declaration)
    {
        // The nearest one wins: inherited interfaces first, then the interface, then the method.
        var lines = declaration.DeclaringType!.GetInterfaces().Reverse().Cast<MemberInfo>()
            .Append(declaration.DeclaringType)
            .Append(declaration)
            .SelectMany(member => member.GetCustomAttributes<HeadersAttribute>())
            .SelectMany(attribute => attribute.Headers);

        foreach (var line in lines.Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            var parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
            headers[parts[0]] = parts.Length > 1 ? parts[1] : null;
        }
    }

    private Uri Address(Uri baseAddress, object?[] arguments)
    {
        var below = baseAddress.AbsolutePath == "/" ? "" : baseAddress.AbsolutePath;
        var filled = Hole().Replace(path, hole => Escape(arguments[holes[hole.Groups[1].Value]]));
        var values = query
            .Where(value => arguments[value.Position] is not null)
            .Select(value => $"{Uri.EscapeDataString(value.Name)}={Escape(arguments[value.Position])}")
            .ToList();

        var separator = values.Count == 0 ? "" : filled.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return new Uri(below + filled + separator + string.Join('&', values), UriKind.Relative);
    }

    private static HttpContent? Content(object? body, RefitSettings settings) => body switch
    {
        null => null,
        HttpContent content => content,
        Stream stream => new StreamContent(stream),
        string text => new StringContent(text),
        _ => settings.ContentSerializer.ToHttpContent(body),
    };

    private static void SetHeader(HttpRequestMessage request, string name, string? value)
    {
        if (value is null)
            return;

        // A line break would begin another header.
        var line = value.ReplaceLineEndings("");
        if (request.Headers.TryAddWithoutValidation(name, line))
            return;

        if (request.Content is null && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            request.Content = new ByteArrayContent([]);
        request.Content?.Headers.Remove(name);
        request.Content?.Headers.TryAddWithoutValidation(name, line);
    }

    private static string Escape(object? value) =>
        Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");

    private static bool IsValue(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(string) || bare == typeof(bool) || bare == typeof(char) || bare == typeof(Uri)
            || typeof(IFormattable).IsAssignableFrom(bare);
    }

    [GeneratedRegex("{(.*?)}")]
    private static partial Regex Hole();
}
