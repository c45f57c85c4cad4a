using System.Text.RegularExpressions;
using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Verbs;

public sealed class When_files_come_and_go
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task import_takes_each_address_once_and_reports_the_rest(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media("https://cdn.example/here.mp4");
        await File.WriteAllTextAsync(team.Files["list.csv"], "\uFEFFtitle,URL\r\nOne,https://cdn.example/1.mp4\r\n\"Two, too\",\"https://cdn.example/2.mp4\"\r\n"
            + "Again,https://cdn.example/1.mp4\r\nHere,https://cdn.example/here.mp4\r\nBad,nowhere\r\nShort\r\n");

        var import = await team.Run("import", team.Files["list.csv"]);

        import.Exit.ShouldBe(1);
        import.Out.ShouldBe("Imported 2, 2 duplicates, 2 refused.\n");
        import.Error.ShouldContain("Line 4: duplicate, is the same as line 2.");
        import.Error.ShouldContain("Line 5: duplicate, is media #1 already.");
        import.Error.ShouldContain("Line 6: refused. 'nowhere' is no http, https or s3 address.");
        import.Error.ShouldContain("Line 7: refused. The row has no address.");
        var rows = await team.Rows();
        rows.Select(row => row.Url).ShouldBe(["https://cdn.example/here.mp4", "https://cdn.example/1.mp4", "https://cdn.example/2.mp4"]);
        rows[1].ProcessingStatus.ShouldBe("pending");
        rows[1].UpdatedAt.ShouldNotBeNull();
        (await team.Run("import", team.Files["list.csv"])).Out.ShouldBe("Imported 0, 4 duplicates, 2 refused.\n");
    }

    [Fact]
    public async Task import_reads_the_input_stream_and_needs_no_line_of_names()
    {
        await using var team = await BatchScenario.Start();

        var import = await team.Run("https://cdn.example/1.mp4\nhttps://cdn.example/2.mp4\n", ["import", "-"]);

        import.Exit.ShouldBe(0, import.Everything);
        import.Out.ShouldBe("Imported 2, 0 duplicates, 0 refused.\n");
    }

    [Theory]
    [InlineData(
        "1.mp4,One\n2.mp4,\"Two\n3.mp4,Three\n4.mp4,Four\n",
        "Line 3: refused. It has a quote without its match: nothing is taken from here to line 5.")]
    [InlineData(
        "1.mp4,One\n\n2.mp4,\"Two\r\n3.mp4,Three",
        "Line 4: refused. It has a quote without its match: nothing is taken from here to line 5.")]
    [InlineData(
        "1.mp4,One\n2.mp4,\"Two\n3.mp4,\"\"\n",
        "Line 3: refused. It has a quote without its match: nothing is taken from here to line 4.")]
    [InlineData(
        "2.mp4,\"Two\n3.mp4,\"Three\"\n1.mp4,One\n",
        "Line 2: refused. It has a quote without its match: nothing is taken from here to line 3.")]
    [InlineData(
        "2.mp4,\"Two\n3.mp4,\"Three\n1.mp4,One\n",
        "Line 2: refused. It has a quote without its match: nothing is taken from here to line 3.")]
    [InlineData("1.mp4,One\n2.mp4,\"Two", "Line 3: refused. It has a quote without its match.")]
    [InlineData(
        "a,2.mp4,Two\n1.mp4,One\n",
        "Line 2: refused. It has 3 fields, but there are 2 names: what has a comma in it needs quotes.")]
    public async Task import_refuses_a_line_whose_columns_are_unsure(string lines, string refusal)
    {
        await using var team = await BatchScenario.Start();

        var import = await team.Run($"url,title\n{Addresses(lines)}", ["import", "-"]);

        import.Exit.ShouldBe(1, import.Everything);
        import.Out.ShouldBe("Imported 1, 0 duplicates, 1 refused.\n", import.Everything);
        import.Error.ShouldBe(refusal + "\n");
        (await team.Rows()).Select(row => row.Url).ShouldBe(["https://cdn.example/1.mp4"]);
    }

    [Fact]
    public async Task import_cuts_no_address_at_a_comma()
    {
        await using var team = await BatchScenario.Start();

        var import = await team.Run(
            "https://cdn.example/a,1080.mp4\n\"https://cdn.example/b,1080.mp4\"\nhttps://cdn.example/c.mp4\nhttps://cdn.example/d.mp4,D\n",
            ["import", "-"]);

        import.Out.ShouldBe("Imported 2, 0 duplicates, 2 refused.\n", import.Everything);
        import.Error.ShouldContain("Line 1: refused. It has 2 fields: an address with a comma needs quotes");
        import.Error.ShouldContain("Line 4: refused. It has 2 fields");
        (await team.Rows()).Select(row => row.Url).ShouldBe(["https://cdn.example/b,1080.mp4", "https://cdn.example/c.mp4"]);
    }

    [Fact]
    public async Task import_takes_quotes_that_hide_no_line()
    {
        await using var team = await BatchScenario.Start();
        var lines = Addresses(
            "1.mp4,\"One\nand \"\"half\"\"\"\n2.mp4,5\" disk\n3.mp4,\"The \"best\" song\"\n4.mp4,Say \"hi\"\n5.mp4\n");

        var import = await team.Run($"url,title\n{lines}https://cdn.example/1.mp4,again\n", ["import", "-"]);

        import.Out.ShouldBe("Imported 5, 1 duplicates, 0 refused.\n", import.Everything);
        import.Error.ShouldContain("Line 8: duplicate, is the same as line 2.");
    }

    [Fact]
    public async Task import_needs_a_line_of_names_that_ends()
    {
        await using var team = await BatchScenario.Start();

        var import = await team.Run("url,\"title\nhttps://cdn.example/1.mp4,One\n", ["import", "-"]);

        import.Exit.ShouldBe(2, import.Everything);
        import.Error.ShouldContain("Line 1 cannot be read. It has a quote without its match");
    }

    private static string Addresses(string lines) => Regex.Replace(lines, @"\b(a,)?\d\.mp4", "https://cdn.example/$0");

    [Fact]
    public async Task import_says_what_is_wrong_with_a_file()
    {
        await using var team = await BatchScenario.Start();

        (await team.Run("import", "/no/such.csv")).Error.ShouldContain("/no/such.csv cannot be read");
        (await team.Run("name,length\na,b\n", ["import", "-"])).Error.ShouldContain("The first line names no column url");
    }

    [Fact]
    public async Task import_refuses_only_the_lines_that_the_table_does_not_take()
    {
        await using var team = await BatchScenario.Start("postgres");

        var import = await team.Run($"url\nhttps://cdn.example/1.mp4\nhttps://cdn.example/{new string('x', 300)}\nhttps://cdn.example/2.mp4\n", ["import", "-"]);

        import.Out.ShouldBe("Imported 2, 0 duplicates, 1 refused.\n");
        import.Error.ShouldContain("Line 3: refused. The table does not take it: value too long");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task export_is_safe_to_open_in_a_spreadsheet(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media("https://cdn.example/a,b.mp4", "=HYPERLINK(\"http://evil.example\")", "+1", "@sum", "-2+3", "\ttab");
        await team.Run("run");

        var export = await team.Run("export");

        export.Exit.ShouldBe(0);
        var lines = export.Lines;
        lines[0].ShouldBe("id,url,processing_status,ittybit_task_id,output_url,processed_at,attempts,dispatched_at,cause,error");
        lines[1].ShouldStartWith("1,\"https://cdn.example/a,b.mp4\",completed,task_");
        lines[2].ShouldStartWith("2,\"'=HYPERLINK(\"\"http://evil.example\"\")\",failed,");
        lines[3].ShouldStartWith("3,\"'+1\",failed,");
        lines[4].ShouldStartWith("4,\"'@sum\",failed,");
        lines[5].ShouldStartWith("5,\"'-2+3\",failed,");
        lines[6].ShouldStartWith("6,\"'\ttab\",failed,");
        lines.Skip(1).ShouldAllBe(line => !line.Contains(",=") && !line.Contains(",+") && !line.Contains(",@"));

        (await team.Run("export", "--status", "completed", "--out", team.Files["out.csv"])).Out.ShouldBe("Exported 1 rows to out.csv.\n");
        (await File.ReadAllLinesAsync(team.Files["out.csv"])).Length.ShouldBe(2);
    }
}
