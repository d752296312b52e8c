using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Classroom.Server.Tests.House;

/// <summary>Arrows between projects point one way (ARCHITECTURE.md). Read from the compiled assemblies, so no project file can hide one.</summary>
public sealed class ReferenceDirectionTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        ["Rtc"] = [],
        ["Data"] = [],
        ["MediaServer"] = ["Rtc"],
        ["Recorder"] = ["Rtc", "MediaServer", "Data"],
        ["Signaling"] = ["Rtc", "MediaServer", "Data"],
        ["Library"] = ["Data"],
        ["Server"] = ["Rtc", "MediaServer", "Data", "Recorder", "Signaling", "Library"],
    };

    public static TheoryData<string> Projects => [.. s_allowed.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_refers_only_to_those_below_it(string project)
    {
        var wrong = References($"Classroom.{project}.dll")
            .Where(name => name.StartsWith("Classroom.", StringComparison.Ordinal))
            .Select(name => name["Classroom.".Length..])
            .Except(s_allowed[project]);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_source_project_has_its_line_in_the_table()
    {
        var projects = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file));
        Assert.Equal(s_allowed.Keys.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_protocols_know_no_socket_no_web_server_and_no_database()
    {
        string[] banned = ["System.Net.Sockets", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Logging"];
        Assert.DoesNotContain(References("Classroom.Rtc.dll"), name => banned.Any(ban => name.StartsWith(ban, StringComparison.Ordinal)));
    }

    private static List<string> References(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
