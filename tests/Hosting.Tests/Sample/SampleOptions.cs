using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Podcast.Hosting.Tests.Sample;

internal sealed class SampleOptions
{
    [Range(1, 10)]
    public int Greetings { get; set; } = 1;

    [MinLength(8)]
    public string Key { get; set; } = "long enough";

    public Uri? Elsewhere { get; set; }

    [ValidateObjectMembers]
    public Inner Within { get; set; } = new();

    internal sealed class Inner
    {
        [Range(1, 10)]
        public int? Greetings { get; set; }
    }
}
