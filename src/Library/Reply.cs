using Classroom.Data.Http;
using Microsoft.AspNetCore.Http;

namespace Classroom.Library;

/// <summary>What a request gets: its answer, or why it is refused.</summary>
internal readonly struct Reply<T>
{
    private Reply(T? value, ApiProblem? problem) => (Value, Problem) = (value, problem);

    public T? Value { get; }

    public ApiProblem? Problem { get; }

    public static implicit operator Reply<T>(T value) => new(value, problem: null);

    public static implicit operator Reply<T>(ApiProblem problem) => new(default, problem);

    public IResult ToResult() => Problem is { } problem ? problem : Results.Ok(Value);
}
