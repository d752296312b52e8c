using Classroom.Data.Http;
using Classroom.Recorder.Contracts;

namespace Classroom.Recorder.Retention;

/// <summary>Why somebody deletes or holds something, as it stands in the record.</summary>
internal static class DeletionReason
{
    private const int Longest = 200;

    public static ApiProblem Missing => ApiProblem.BadRequest("reason_missing", "Say why.", new ApiProblemField("reason", $"From 1 to {Longest} characters."));

    /// <summary>Null: there is none, or it is too long.</summary>
    public static string? Of(ReasonGiven given) => given.Reason?.Trim() is { Length: > 0 and <= Longest } reason ? reason : null;
}
