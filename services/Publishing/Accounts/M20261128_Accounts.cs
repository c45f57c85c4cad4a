using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Publishing.Accounts;

[DbContext(typeof(PublishingDbContext))]
[Migration("20261128010000_Accounts")]
internal sealed class M20261128_Accounts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(PublishingDbContext.Owner);
        var time = migrationBuilder.Time();

        migrationBuilder.CreateTable(
            "accounts",
            table => new
            {
                name = table.Column<string>(maxLength: ShowPattern.LongestSlug, nullable: false),
                client_id = table.Column<string>(nullable: false),
                channel_id = table.Column<string>(nullable: false),
                channel_title = table.Column<string>(nullable: false),
                scopes = table.Column<string>(nullable: false),
                refresh_token = table.Column<string>(nullable: false),
                connected_at = table.Column<DateTimeOffset>(time, nullable: false),
                dead_since = table.Column<DateTimeOffset>(time, nullable: true),
            },
            schema,
            table => table.PrimaryKey("PK_accounts", row => row.name));

        migrationBuilder.CreateTable(
            "data_protection_keys",
            table => new
            {
                id = table.Column<int>(nullable: false).Identity(),
                friendly_name = table.Column<string>(nullable: true),
                xml = table.Column<string>(nullable: true),
            },
            schema,
            table => table.PrimaryKey("PK_data_protection_keys", row => row.id));
    }
}
