#if !UPSTREAM_PACKAGES // Upstream refuses some of these at compile time, and takes the others.
using Refit;

namespace Podcast.Refit.Tests;

public class When_an_interface_cannot_be_spoken
{
    [Fact]
    public void a_class_is_refused() => Refusal<When_an_interface_cannot_be_spoken>().ShouldContain("not an interface");

    [Fact]
    public void a_method_without_an_attribute_is_refused() =>
        Refusal<IUnmarked>().ShouldBe("IUnmarked.Read has no HTTP method attribute such as [Get].");

    [Fact]
    public void a_path_without_a_slash_is_refused() => Refusal<IWithoutSlash>().ShouldContain("must begin with '/'");

    [Fact]
    public void a_hole_without_a_parameter_is_refused() => Refusal<IWithHole>().ShouldContain("no parameter fits '{id}'");

    [Fact]
    public void two_bodies_are_refused() => Refusal<IWithTwoBodies>().ShouldContain("more than one [Body]");

    [Fact]
    public void two_tokens_are_refused() => Refusal<IWithTwoTokens>().ShouldContain("more than one CancellationToken");

    [Fact]
    public void an_object_in_the_query_is_refused() => Refusal<IWithObject>().ShouldContain("mark it [Body]");

    [Fact]
    public void a_result_that_is_no_task_is_refused() => Refusal<IWithoutTask>().ShouldContain("must return Task");

    [Fact]
    public void a_response_of_nothing_is_refused() => Refusal<IWithBareResponse>().ShouldContain("only with a T");

    [Fact]
    public void generic_and_default_methods_are_refused()
    {
        Refusal<IWithGeneric>().ShouldContain("generic or a default method");
        Refusal<IWithDefault>().ShouldContain("generic or a default method");
    }

    private static string Refusal<T>()
    {
        using var client = new HttpClient();
        return Should.Throw<ArgumentException>(() => RestService.For<T>(client)).Message;
    }

    public interface IUnmarked
    {
        Task Read();
    }

    public interface IWithoutSlash
    {
        [Get("things")]
        Task Read();
    }

    public interface IWithHole
    {
        [Get("/things/{id}")]
        Task Read();
    }

    public interface IWithTwoBodies
    {
        [Post("/things")]
        Task Write([Body] Thing one, [Body] Thing two);
    }

    public interface IWithTwoTokens
    {
        [Get("/things")]
        Task Read(CancellationToken one, CancellationToken two);
    }

    public interface IWithObject
    {
        [Get("/things")]
        Task Read(Thing like);
    }

    public interface IWithoutTask
    {
        [Get("/things")]
        Thing Read();
    }

    public interface IWithBareResponse
    {
        [Get("/things")]
        Task<IApiResponse> Read();
    }

    public interface IWithGeneric
    {
        [Get("/things")]
        Task<T> Read<T>();
    }

    public interface IWithDefault
    {
        [Get("/things")]
        Task Read() => Task.CompletedTask;
    }
}
#endif
