namespace Refit;

/// <summary>What a method makes of an exchange: nothing, the body, or an <see cref="IApiResponse{T}"/>.</summary>
internal abstract class RestAnswer
{
    /// <summary>The answer for a method that returns <paramref name="type"/>.</summary>
    public static RestAnswer For(string name, Type type)
    {
        if (type == typeof(Task))
            return new Nothing();
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Task<>))
            throw new ArgumentException($"{name} must return Task or Task<T>.");

        var result = type.GetGenericArguments()[0];
        if (result == typeof(IApiResponse))
            throw new ArgumentException($"{name}: the stand-in for Refit has IApiResponse<T> only with a T.");

        var generic = result.IsGenericType ? result.GetGenericTypeDefinition() : null;
        var answer = generic == typeof(IApiResponse<>) || generic == typeof(ApiResponse<>)
            ? typeof(Response<,>).MakeGenericType(result, result.GetGenericArguments()[0])
            : typeof(Body<>).MakeGenericType(result);
        return (RestAnswer)Activator.CreateInstance(answer)!;
    }

    /// <summary>A task of the method's own type; every failure is in it.</summary>
    public abstract Task To(RestExchange exchange);

    private sealed class Nothing : RestAnswer
    {
        public override Task To(RestExchange exchange) => exchange.Send();
    }

    private sealed class Body<T> : RestAnswer
    {
        public override Task To(RestExchange exchange) => Get(exchange);

        private static async Task<T?> Get(RestExchange exchange)
        {
            var (_, body, error) = await exchange.Send<T>();
            return error is null ? body : throw error;
        }
    }

    private sealed class Response<TResponse, TBody> : RestAnswer
        where TResponse : IApiResponse<TBody>
    {
        public override Task To(RestExchange exchange) => Get(exchange);

        private static async Task<TResponse> Get(RestExchange exchange)
        {
            var (response, body, error) = await exchange.Send<TBody>();
            return (TResponse)(object)new ApiResponse<TBody>(response, body, exchange.Settings, error as ApiException);
        }
    }
}
