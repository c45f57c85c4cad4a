using System.Text;
using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Verbs;

public sealed class When_a_file_has_another_encoding
{
    private const string Address = "https://cdn.example/café.mp4";

    [Fact]
    public async Task a_line_that_is_not_utf_8_is_refused_and_says_so()
    {
        await using var team = await BatchScenario.Start();

        var import = await team.Run("import", Path.Combine(AppContext.BaseDirectory, "Cases", "l1.csv"));

        import.Exit.ShouldBe(1, import.Everything);
        import.Out.ShouldBe("Imported 0, 0 duplicates, 1 refused.\n");
        import.Error.ShouldContain("Line 2: refused. 'http://127.0.0.1:5990/none/caf\uFFFD.mp4' is not in the file's encoding.");
        import.Error.ShouldContain("It must be UTF-8, or UTF-16 with a byte order mark, or the one that --encoding names (latin1");
        (await team.Rows()).ShouldBeEmpty();
    }

    [Fact]
    public async Task the_encoding_can_be_named()
    {
        await using var team = await BatchScenario.Start();

        var import = await team.Run("import", Path.Combine(AppContext.BaseDirectory, "Cases", "l1.csv"), "--encoding", "latin1");

        import.Out.ShouldBe("Imported 1, 0 duplicates, 0 refused.\n", import.Everything);
        (await team.Rows()).Select(row => row.Url).ShouldBe(["http://127.0.0.1:5990/none/café.mp4"]);
    }

    [Theory]
    [InlineData("utf-8", true, null)]
    [InlineData("utf-8", false, null)]
    [InlineData("utf-16", true, null)]
    [InlineData("utf-16BE", true, null)]
    [InlineData("utf-32", true, null)]
    [InlineData("utf-16", false, "utf-16")]
    [InlineData("utf-16BE", false, "utf-16BE")]
    [InlineData("iso-8859-1", false, "latin1")]
    [InlineData("windows-1252", false, "windows-1252")]
    [InlineData("macintosh", false, "macintosh")]
    [InlineData("utf-8", true, "latin1")]
    public async Task it_is_read_by_its_mark_or_by_its_name(string written, bool hasMark, string? named)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(written);
        byte[] file = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"url\n{Address}\n")];
        await using var team = await BatchScenario.Start();

        var import = await team.Run(file, named is null ? ["import", "-"] : ["import", "-", "--encoding", named]);

        import.Out.ShouldBe("Imported 1, 0 duplicates, 0 refused.\n", import.Everything);
        (await team.Rows()).Select(row => row.Url).ShouldBe([Address]);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task a_line_that_cannot_be_read_costs_no_other_line(string database)
    {
        await using var team = await BatchScenario.Start(database);
        byte[] file =
        [
            .. "title,url\n"u8, .. "caf"u8, 0xE9, .. ",https://cdn.example/1.mp4\n"u8, .. "Two,https://cdn.example/"u8, 0xC3, .. "(.mp4\n"u8,
            .. "Three,https://cdn.example/\0.mp4\n"u8, .. "Four,https://cdn.example/4.mp4\n"u8,
        ];

        var import = await team.Run(file, ["import", "-"]);

        import.Out.ShouldBe("Imported 2, 0 duplicates, 2 refused.\n", import.Everything);
        import.Error.ShouldContain("Line 3: refused. 'https://cdn.example/\uFFFD(.mp4' is not in the file's encoding.");
        import.Error.ShouldContain("Line 4: refused. The address has control characters in it.");
    }

    [Theory]
    [InlineData("utf-9")]
    [InlineData("utf-7")]
    [InlineData("")]
    public async Task a_name_that_nobody_knows_is_refused(string name)
    {
        await using var team = await BatchScenario.Start();

        var import = await team.Run("url\n", ["import", "-", "--encoding", name]);

        import.Exit.ShouldBe(2, import.Everything);
        import.Error.ShouldContain($"--encoding '{name}' is none that we know: utf-8, utf-16, latin1");
    }

    [Fact]
    public async Task utf_16_without_a_mark_is_guessed_and_told()
    {
        await using var team = await BatchScenario.Start();

        var import = await team.Run(Encoding.Unicode.GetBytes("url\nhttps://cdn.example/1.mp4\n"), ["import", "-"]);

        import.Exit.ShouldBe(2, import.Everything);
        import.Error.ShouldContain("It looks like UTF-16 without a byte order mark: --encoding utf-16");
    }

    [Fact]
    public async Task a_plan_that_is_not_utf_8_is_refused()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        await File.WriteAllBytesAsync(team.Files["plan.jsonl"], [.. "{\"plan\":1,\"table\":\"caf"u8, 0xE9, .. "\"}\n"u8]);

        var apply = await team.Run("apply", team.Files["plan.jsonl"]);

        apply.Exit.ShouldBe(2, apply.Everything);
        apply.Error.ShouldContain("plan.jsonl, line 1: this is not UTF-8.");
    }
}
