using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Classroom.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class StatementsAndSources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ClassroomSources",
                columns: table => new
                {
                    ClassroomId = table.Column<string>(type: "text", nullable: false),
                    Seat = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    SealedAddress = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClassroomSources", x => new { x.ClassroomId, x.Seat });
                    table.ForeignKey(
                        name: "FK_ClassroomSources_Classrooms_ClassroomId",
                        column: x => x.ClassroomId,
                        principalTable: "Classrooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "LearningStatements",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Id = table.Column<string>(type: "text", nullable: true),
                    Body = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    RefusedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LearningStatements", x => x.Number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_LearningStatements_Id",
                table: "LearningStatements",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LearningStatements_RefusedAt",
                table: "LearningStatements",
                column: "RefusedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ClassroomSources");

            migrationBuilder.DropTable(
                name: "LearningStatements");
        }
    }
}
