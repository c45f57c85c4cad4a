using System.Reflection;

namespace Refit;

/// <summary>A method as its attributes describe it, read once.</summary>
/// <remarks>
/// Not here, but upstream: generic and default methods, <c>ValueTask</c> and observables, multipart, an implicit body, objects and
/// collections in the query, round-tripping <c>{**path}</c> holes. They are refused with a reason.
/// </remarks>
internal sealed class RestMethod
{
    private readonly RestRequest request;
    private readonly RestAnswer answer;
    private readonly int cancellation;

    public RestMethod(MethodInfo method)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        var line = method.GetCustomAttribute<HttpMethodAttribute>()
            ?? throw new ArgumentException($"{name} has no HTTP method attribute such as [Get].");
        if (method.IsGenericMethod || !method.IsAbstract)
            throw new ArgumentException($"{name} is a generic or a default method: the stand-in for Refit has neither.");

        var tokens = method.GetParameters().Where(parameter => parameter.ParameterType == typeof(CancellationToken)).ToList();
        if (tokens.Count > 1)
            throw new ArgumentException($"{name} has more than one CancellationToken.");

        cancellation = tokens is [var token] ? token.Position : -1;
        request = new RestRequest(name, line, method);
        answer = RestAnswer.For(name, method.ReturnType);
    }

    public Task Call(HttpClient client, RefitSettings settings, object?[] arguments) =>
        answer.To(new RestExchange(
            client,
            settings,
            () => request.Build(client, settings, arguments),
            cancellation < 0 ? default : (CancellationToken)arguments[cancellation]!));
}
