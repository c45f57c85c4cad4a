using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Podcast.Orchestrator.Data;

/// <summary>Stores a property as JSON text.</summary>
internal static class JsonColumn
{
    // A third of a task is null while nothing goes wrong, and each message writes all of it.
    private static readonly JsonSerializerOptions json =
        new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

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
            text => Snapshots<T>.Load(text),
            new ValueComparer<T>(
                (left, right) => Snapshots<T>.TextOf(left) == Snapshots<T>.TextOf(right),
                value => Write(value).GetHashCode(StringComparison.Ordinal),
                value => Snapshots<T>.Take(value)));

    private static string Write<T>(T? value) => JsonSerializer.Serialize(value, json);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, json)!;

    /// <summary>
    /// The original values that EF Core keeps, to compare them with the current ones at a save. Only their texts are needed for that, so
    /// the objects that stand for them are empty: do not read original values of such a column.
    /// </summary>
    private static class Snapshots<T>
        where T : class
    {
        private static readonly ConditionalWeakTable<T, string> texts = [], loaded = [];

        /// <summary>Reads a value of the table, whose text EF Core takes a snapshot of right after that.</summary>
        public static T Load(string text)
        {
            var value = Read<T>(text);
            loaded.Add(value, text);
            return value;
        }

        public static T Take(T value)
        {
            if (loaded.TryGetValue(value, out var text))
                loaded.Remove(value); // from now on it can change
            var snapshot = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
            texts.Add(snapshot, text ?? Write(value));
            return snapshot;
        }

        public static string TextOf(T? value) => value is not null && texts.TryGetValue(value, out var text) ? text : Write(value);
    }
}
