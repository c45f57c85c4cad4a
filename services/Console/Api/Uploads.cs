namespace Podcast.OperatorsConsole.Api;

/// <summary>The shows of the viewer.</summary>
public sealed record Shows([property: System.Text.Json.Serialization.JsonPropertyName("shows")] IReadOnlyList<Show> All);

/// <summary>A show.</summary>
public sealed record Show(string Slug, string Name);

/// <summary>An episode that waits for its upload.</summary>
public sealed record PreparedUpload(Guid Id, UploadAddress Upload);

/// <summary>Where the file goes; the address is signed.</summary>
public sealed record UploadAddress(Uri Url, DateTime ExpiresAt);

/// <summary>What an episode shall be made of; bytes.</summary>
public sealed record PrepareUploadBody(string Filename, long Filesize, string Title, string? Show);

/// <summary>The id that Ittybit gave the file.</summary>
public sealed record ConfirmUploadBody(string IttybitFileId);

/// <summary>What an episode shall be made of, by its address.</summary>
public sealed record SubmitEpisodeBody(string Url, string Title, string? Show);
