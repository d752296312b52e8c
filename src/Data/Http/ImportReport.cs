namespace Classroom.Data.Http;

/// <summary>What an import of a file did or would do.</summary>
/// <param name="Applied">False for a dry run or when there were problems: nothing was changed then.</param>
public sealed record ImportReport(bool Applied, int Added, int Changed, int Removed, ImportProblem[] Problems);

/// <summary>Something wrong with one line of the file.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Code">What pages translate.</param>
/// <param name="Value">What the words speak of.</param>
public sealed record ImportProblem(int Line, string Message, string Code, string? Value = null);
