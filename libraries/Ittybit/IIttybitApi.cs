using Refit;

namespace Podcast.Ittybit;

/// <summary>
/// Ittybit's media API, version 2025-08-20. A response with an error status throws an <c>ApiException</c>;
/// <see cref="IttybitFailure.Of"/> classifies all exceptions of these calls.
/// </summary>
[Headers("Accept-Version: 2025-08-20", "Accept: application/json")]
public interface IIttybitApi
{
    /// <summary>Creates a media task. The client does not retry the request if Ittybit may have accepted it.</summary>
    /// <param name="idempotencyKey">Newer servers return the same task for the same key for 24 h.</param>
    [Post("/tasks")]
    Task<IttybitTask> CreateTask(
        [Body] CreateTaskRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>The current state of a task.</summary>
    [Get("/tasks/{id}")]
    Task<IttybitTask> GetTask(string id, CancellationToken cancellationToken = default);

    /// <summary>A page of tasks, newest first.</summary>
    /// <param name="page">The page number, from 1.</param>
    /// <param name="limit">The page size, 1–100.</param>
    /// <param name="kind">Only tasks of this kind: <c>audio</c>, <c>speech</c> … Older servers ignore it.</param>
    [Get("/tasks")]
    Task<IttybitPage<IttybitTask>> ListTasks(
        [Query] int page = 1, [Query] int limit = 100, [Query] string? kind = null, CancellationToken cancellationToken = default);

    /// <summary>Creates an empty media object.</summary>
    [Post("/media")]
    Task<IttybitMedia> CreateMedia([Body] MediaRequest request, CancellationToken cancellationToken = default);

    /// <summary>A media object with its files.</summary>
    [Get("/media/{id}")]
    Task<IttybitMedia> GetMedia(string id, CancellationToken cancellationToken = default);

    /// <summary>Changes the fields of a media object that are set in <paramref name="request"/>.</summary>
    [Patch("/media/{id}")]
    Task<IttybitMedia> UpdateMedia(string id, [Body] MediaRequest request, CancellationToken cancellationToken = default);

    /// <summary>A page of media objects, newest first.</summary>
    /// <param name="page">The page number, from 1.</param>
    /// <param name="limit">The page size, 1–100.</param>
    [Get("/media")]
    Task<IttybitPage<IttybitMedia>> ListMedia(
        [Query] int page = 1, [Query] int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Creates a file that Ittybit fetches from an address.</summary>
    [Post("/files")]
    Task<IttybitFile> CreateFile([Body] CreateFileRequest request, CancellationToken cancellationToken = default);

    /// <summary>A file with a newly signed address.</summary>
    [Get("/files/{id}")]
    Task<IttybitFile> GetFile(string id, CancellationToken cancellationToken = default);

    /// <summary>Creates a signed address for an upload or a download.</summary>
    [Post("/signatures")]
    Task<UploadSignature> CreateSignature([Body] SignatureRequest request, CancellationToken cancellationToken = default);
}
