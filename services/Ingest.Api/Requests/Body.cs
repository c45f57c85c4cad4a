using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Podcast.Ingest.Api.Requests;

/// <summary>A request type that reads itself from a JSON object.</summary>
internal interface IRequest<TSelf>
{
    /// <summary>True if an empty body is accepted as <c>{}</c>.</summary>
    static virtual bool MayBeEmpty => false;

    /// <summary>Reads the request; the result is used only if <paramref name="fields"/> recorded no error.</summary>
    static abstract TSelf Read(RequestFields fields, IServiceProvider services);
}

/// <summary>A body that was parsed, or the response that rejects it.</summary>
internal interface IBody
{
    IResult? Refusal { get; }
}

/// <summary>The JSON body of a request, or the problem response if it is invalid.</summary>
internal sealed class Body<TRequest> : IBody, IBindableFromHttpContext<Body<TRequest>>, IEndpointParameterMetadataProvider
    where TRequest : class, IRequest<TRequest>
{
    private readonly TRequest? request;

    private Body(TRequest request) => this.request = request;

    private Body(IResult refusal) => Refusal = refusal;

    public IResult? Refusal { get; }

    public TRequest Request => request ?? throw new InvalidOperationException("A refused body has no request; see RefuseBadRequests.");

    public static async ValueTask<Body<TRequest>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        try
        {
            using var json = await Parse(context);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return new Body<TRequest>(Malformed("The body must be a JSON object."));
            if (!json.RootElement.EnumerateObject().All(HasName))
                return new Body<TRequest>(Malformed("A member's name is no text: it is not UTF-8, or half of a surrogate pair."));

            var fields = new RequestFields(json.RootElement);
            var request = TRequest.Read(fields, context.RequestServices);
            return fields.Errors() is { Count: > 0 } errors
                ? new Body<TRequest>(TypedResults.ValidationProblem(errors))
                : new Body<TRequest>(request);
        }
        catch (JsonException malformed)
        {
            return new Body<TRequest>(Malformed(
                $"The body is not valid JSON: see line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}."));
        }
        catch (BadHttpRequestException refused)
        {
            return new Body<TRequest>(TypedResults.Problem(statusCode: refused.StatusCode, detail: refused.Message));
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(TRequest), TRequest.MayBeEmpty));

    private static async Task<JsonDocument> Parse(HttpContext context)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return bytes.Length == 0 ? JsonDocument.Parse(TRequest.MayBeEmpty ? "{}" : "null") : JsonDocument.Parse(bytes.ToArray());
    }

    /// <summary>
    /// JsonProperty.Name throws if the name is not valid text, and so does any later search for another member.
    /// </summary>
    private static bool HasName(JsonProperty member)
    {
        try
        {
            _ = member.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static ProblemHttpResult Malformed(string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "Malformed request", detail: detail);
}
