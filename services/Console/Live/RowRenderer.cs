using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Podcast.OperatorsConsole.Parts;

namespace Podcast.OperatorsConsole.Live;

/// <summary>Renders parts of pages as messages for htmx, outside of a request.</summary>
internal sealed class RowRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public Task<string> Row(Episode episode) =>
        Render<LiveRow>(new Dictionary<string, object?> { [nameof(LiveRow.Episode)] = episode });

    public Task<string> Counts(EpisodeCounts counts) =>
        Render<LiveCounts>(new Dictionary<string, object?> { [nameof(LiveCounts.Counts)] = counts });

    public Task<string> News(int count) =>
        Render<LiveNews>(new Dictionary<string, object?> { [nameof(LiveNews.Count)] = count });

    /// <summary>By a renderer of its own: it keeps all that it has rendered until it is disposed.</summary>
    private async Task<string> Render<TPart>(Dictionary<string, object?> parameters)
        where TPart : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPart>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
