using System.Reflection;

namespace Refit;

/// <summary>Turns calls of an interface into requests. Not sealed: the runtime derives from it.</summary>
internal class RestProxy : DispatchProxy
{
    private IReadOnlyDictionary<MethodInfo, RestMethod> methods = null!;
    private HttpClient client = null!;
    private RefitSettings settings = null!;

    public void Speak(IReadOnlyDictionary<MethodInfo, RestMethod> methods, HttpClient client, RefitSettings settings)
    {
        this.methods = methods;
        this.client = client;
        this.settings = settings;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        methods[targetMethod!].Call(client, settings, args ?? []);
}
