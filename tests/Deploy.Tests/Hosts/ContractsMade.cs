using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Podcast.Contracts;

namespace Podcast.Deploy.Tests.Hosts;

/// <summary>The contracts that an assembly's code makes instances of: whose constructor it names. A host makes messages to publish them.</summary>
internal static class ContractsMade
{
    public static IReadOnlyList<Type> By(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => metadata.StringComparer.Equals(member.Name, ".ctor") && member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => metadata.GetTypeReference((TypeReferenceHandle)member.Parent))
            .Where(type => metadata.StringComparer.Equals(type.Namespace, typeof(EpisodeUploaded).Namespace!))
            .Select(type => typeof(EpisodeUploaded).Assembly.GetType($"{typeof(EpisodeUploaded).Namespace}.{metadata.GetString(type.Name)}")!)
            .Distinct()];
    }
}
