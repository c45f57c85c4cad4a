using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Podcast.Orchestrator.Data;

/// <summary>Stores a property as JSON text.</summary>
internal static class JsonColumn
{
    /// <summary>For a value that is replaced, never changed in place.</summary>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property)
        where T : class? =>
        property.HasConversion(
            value => Write(value),
            text => Read<T>(text),
            new ValueComparer<T>(
                (left, right) => ReferenceEquals(left, right), value => RuntimeHelpers.GetHashCode(value), value => value));

    /// <summary>For a value that changes in place: EF Core notices a change because the texts differ.</summary>
    public static PropertyBuilder<T> HasMutableJson<T>(this PropertyBuilder<T> property)
        where T : class =>
        property.HasConversion(
            value => Write(value),
            text => Read<T>(text),
            new ValueComparer<T>(
                (left, right) => Snapshots<T>.TextOf(left) == Snapshots<T>.TextOf(right),
                value => Write(value).GetHashCode(StringComparison.Ordinal),
                value => Snapshots<T>.Take(value)));

    private static string Write<T>(T? value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!;

    /// <summary>
    /// The original values that EF Core keeps, with their texts: it compares them with the current values at every save, and they
    /// never change.
    /// </summary>
    private static class Snapshots<T>
        where T : class
    {
        private static readonly ConditionalWeakTable<T, string> Texts = [];

        public static T Take(T value)
        {
            var text = Write(value);
            var snapshot = Read<T>(text);
            Texts.Add(snapshot, text);
            return snapshot;
        }

        public static string TextOf(T? value) => value is not null && Texts.TryGetValue(value, out var text) ? text : Write(value);
    }
}
