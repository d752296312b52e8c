using System.Text;
using Classroom.Contracts;

// Writes the TypeScript twins of the C# contracts: dotnet run --project tools/Contracts -- OUTPUT.ts
var assemblies = new[]
{
    typeof(Classroom.Signaling.Contracts.IClassroomHub).Assembly,
    typeof(Classroom.Recorder.Contracts.RecordingRow).Assembly,
    typeof(Classroom.Library.Contracts.CourseCard).Assembly,
};
var text = new TypeScriptWriter().Write(assemblies.SelectMany(assembly => assembly.GetExportedTypes())
    .Where(type => type.Namespace?.EndsWith(".Contracts", StringComparison.Ordinal) == true)
    .Append(typeof(Classroom.Data.Http.ImportReport)));
if (args is not [var path])
{
    Console.Write(text);
    return;
}

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
