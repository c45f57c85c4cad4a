using Podcast.FaultRunner.Runs;
using Podcast.Testing;

namespace Podcast.FaultRunner.Tests.Checking;

public sealed class The_directory_of_a_run
{
    [Fact]
    public void data_of_another_run_is_not_taken_for_this_ones()
    {
        using var directory = new TemporaryDirectory();
        using (new RunDirectory(directory.Path)) { }

        Should.Throw<InvalidOperationException>(() => new RunDirectory(directory.Path)).Message.ShouldContain("another run");
    }
}
