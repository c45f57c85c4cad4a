using System.Reflection;

namespace Refit;

/// <summary>Makes an implementation of an interface whose methods carry HTTP attributes.</summary>
/// <remarks>Upstream generates it at compile time, reports misuse there, and also takes a host's address instead of a client.</remarks>
public static class RestService
{
    /// <summary>An implementation over <paramref name="client"/>, whose base address must be set before the first call.</summary>
    /// <exception cref="ArgumentException">The interface cannot be spoken: the message names the method and what is wrong.</exception>
    public static T For<T>(HttpClient client) => For<T>(client, null);

    /// <inheritdoc cref="For{T}(HttpClient)"/>
    public static T For<T>(HttpClient client, RefitSettings? settings)
    {
        if (!typeof(T).IsInterface)
            throw new ArgumentException($"{typeof(T).Name} is not an interface.");

        var api = DispatchProxy.Create<T, RestProxy>();
        ((RestProxy)(object)api!).Speak(Methods<T>.All, client, settings ?? new RefitSettings());
        return api;
    }

    private static class Methods<T>
    {
        private static readonly Lazy<Dictionary<MethodInfo, RestMethod>> Read = new(() =>
            typeof(T).GetInterfaces().Append(typeof(T))
                .SelectMany(type => type.GetMethods())
                .ToDictionary(method => method, method => new RestMethod(method)));

        public static Dictionary<MethodInfo, RestMethod> All => Read.Value;
    }
}
