using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Publishing.Data.Migrations;

[DbContext(typeof(PublishingDbContext))]
[Migration("20261128020000_UploadPauses")]
internal sealed class M20261128_UploadPauses : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var time = migrationBuilder.Time();
        migrationBuilder.CreateTable(
            "upload_pauses",
            table => new
            {
                channel_id = table.Column<string>(maxLength: 255, nullable: false),
                until = table.Column<DateTimeOffset>(time, nullable: false),
            },
            migrationBuilder.EnsureSchemaOf(PublishingDbContext.Owner),
            table => table.PrimaryKey("PK_upload_pauses", row => row.channel_id));
    }
}
