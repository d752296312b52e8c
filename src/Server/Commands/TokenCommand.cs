using System.CommandLine;
using Classroom.Data.Secrets;
using Classroom.Server.Configuration;
using Classroom.Server.Tls;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Tokens;

namespace Classroom.Server.Commands;

/// <summary>"token": a join token on standard output and nothing else, for equipment and tests. Whoever can read the data folder may make one.</summary>
internal static class TokenCommand
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(12);

    public static Command Create(IConfiguration configuration)
    {
        var lesson = new Option<string>("--lesson") { Description = "Lesson id, or * for any lesson (publishers, with CLASSROOM_ADHOC_LESSONS=1).", Required = true };
        var role = new Option<LessonRole>("--role") { Description = "What the bearer may do.", Required = true };
        var classroom = new Option<string?>("--classroom") { Description = "Classroom id, for stations." };
        var command = new Command("token", "Prints a join token that is valid for twelve hours.") { lesson, role, classroom };
        command.SetAction(parsed => Print(configuration, new JoinGrant(parsed.GetRequiredValue(lesson), parsed.GetValue(role), ClassroomId: parsed.GetValue(classroom))));
        return command;
    }

    private static int Print(IConfiguration configuration, JoinGrant grant)
    {
        var options = ServerOptionsReader.Read(configuration);
        SecretFile.CreateFolder(options.DataFolder);
        Console.Out.WriteLine(JoinTokens.Issue(options.DataFolder, grant, s_lifetime));
        return 0;
    }
}
