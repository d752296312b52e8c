using Classroom.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

Console.Error.WriteLine("This project only gives dotnet-ef its contexts. Run tools/Migrations/scaffold.sh instead.");
return 1;

/// <summary>Scaffolding reads the model only: the database is never opened.</summary>
internal sealed class SqliteDesignFactory : IDesignTimeDbContextFactory<SqliteClassroomDb>
{
    public SqliteClassroomDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteClassroomDb>().UseSqlite("Data Source=:memory:").Options);
}

/// <inheritdoc cref="SqliteDesignFactory"/>
internal sealed class PostgresDesignFactory : IDesignTimeDbContextFactory<PostgresClassroomDb>
{
    public PostgresClassroomDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresClassroomDb>().UseNpgsql("Host=design-time").Options);
}
