using Refit;

namespace Podcast.Ittybit;

/// <summary>
/// Ittybit's media API, version 2025-08-20. A refusal is an <c>ApiException</c>; <see cref="IttybitFailure.Of"/> says what
/// any exception of these calls means.
/// </summary>
[Headers("Accept-Version: 2025-08-20", "Accept: application/json")]
public interface IIttybitApi
{
    /// <summary>Asks for media work. Not repeated by itself once Ittybit may have accepted it.</summary>
    /// <param name="idempotencyKey">Honoured by newer servers for 24 h: the same key gives the same task.</param>
    [Post("/tasks")]
    Task<IttybitTask> CreateTask(
        [Body] CreateTaskRequest request,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>A task as it stands.</summary>
    [Get("/tasks/{id}")]
    Task<IttybitTask> GetTask(string id, CancellationToken cancellationToken = default);

    /// <summary>A page of tasks, newest first.</summary>
    /// <param name="page">1 is the first.</param>
    /// <param name="limit">1–100.</param>
    /// <param name="kind">Only this kind: <c>audio</c>, <c>speech</c> … Older servers ignore it.</param>
    /// <param name="status">Only this status word. Older servers ignore it.</param>
    [Get("/tasks")]
    Task<IttybitPage<IttybitTask>> ListTasks(
        [Query] int page = 1,
        [Query] int limit = 100,
        [Query] string? kind = null,
        [Query] string? status = null,
        CancellationToken cancellationToken = default);

    /// <summary>Makes an empty media object.</summary>
    [Post("/media")]
    Task<IttybitMedia> CreateMedia([Body] MediaRequest request, CancellationToken cancellationToken = default);

    /// <summary>A media object with its files.</summary>
    [Get("/media/{id}")]
    Task<IttybitMedia> GetMedia(string id, CancellationToken cancellationToken = default);

    /// <summary>Changes what <paramref name="request"/> names, and only that.</summary>
    [Patch("/media/{id}")]
    Task<IttybitMedia> UpdateMedia(string id, [Body] MediaRequest request, CancellationToken cancellationToken = default);

    /// <summary>A page of media objects, newest first.</summary>
    /// <param name="page">1 is the first.</param>
    /// <param name="limit">1–100.</param>
    [Get("/media")]
    Task<IttybitPage<IttybitMedia>> ListMedia(
        [Query] int page = 1, [Query] int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Lets Ittybit fetch a file from an address.</summary>
    [Post("/files")]
    Task<IttybitFile> CreateFile([Body] CreateFileRequest request, CancellationToken cancellationToken = default);

    /// <summary>A file with a fresh address.</summary>
    [Get("/files/{id}")]
    Task<IttybitFile> GetFile(string id, CancellationToken cancellationToken = default);

    /// <summary>A signed address to upload to or read from.</summary>
    [Post("/signatures")]
    Task<UploadSignature> CreateSignature([Body] SignatureRequest request, CancellationToken cancellationToken = default);
}
