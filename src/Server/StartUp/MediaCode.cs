using System.Reflection;
using System.Runtime.CompilerServices;
using Classroom.MediaServer;
using Classroom.Rtc;
using Classroom.Server.Health;

namespace Classroom.Server.StartUp;

/// <summary>
/// Compiles the media path before the first lesson needs it, beside the rest of the start. It is what is not compiled ahead
/// of time (docs/decisions/0008-compiled-once.md), and whoever joined first would wait for it.
/// </summary>
internal sealed class MediaCode : IReadyCheck
{
    private static readonly Assembly[] s_assemblies = [typeof(Instant).Assembly, typeof(IMediaServer).Assembly];

    // Once in a process, however many servers it starts.
    private static readonly Lazy<Task> s_compilation = new(() => Task.Factory.StartNew(
        Compile, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    public string Name => "code";

    public Task<string?> ProblemAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Begin().IsCompleted ? null : "the media path is being compiled");

    /// <summary>Begins, on a thread of its own, unless it has begun before.</summary>
    /// <returns>Done when everything is compiled.</returns>
    public static Task Begin() => s_compilation.Value;

    private static void Compile()
    {
        foreach (var type in s_assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.ContainsGenericParameters))
        {
            const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
            foreach (var method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
            {
                if (!method.IsAbstract && !method.ContainsGenericParameters)
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                }
            }
        }
    }
}
