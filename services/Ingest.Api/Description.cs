using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Podcast.Ingest.Api;

/// <summary>Adds to the OpenAPI document what endpoint metadata lacks: title, bearer scheme, <c>Idempotency-Key</c> header.</summary>
internal sealed class Description : IOpenApiDocumentTransformer
{
    private const string Bearer = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Podcast", Version = "1" };
        document.Info.Description = "Upload one raw video; get an MP3, an MP4, a transcript and chapters.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            BearerFormat = "JWT",
            Description = "Its `sub` owns what it makes.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];

        foreach (var (_, operation) in document.Paths.Values.SelectMany(path => path.Operations ?? []).Where(x => x.Key == HttpMethod.Post))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = RequestKey.Header,
                In = ParameterLocation.Header,
                Description = "Send the same request with the same key again and it happens once, with the same answer.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = RequestKey.Longest },
            });
        }

        return Task.CompletedTask;
    }
}
