using Classroom.Data;

namespace Classroom.Library.Catalogue.Tables;

/// <summary>A line of a catalogue file: the way down to a node, and one knowledge point there, if any.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Path">A name for each level from 学段 to 课; empty where the tree leaves a level out.</param>
/// <param name="Version">Of the edition.</param>
/// <param name="Needs">Names of the points that are learned before, anywhere below the same subject.</param>
internal sealed record CatalogueRow(int Line, string[] Path, string Version, string Point, string[] Needs)
{
    public static readonly int Levels = Enum.GetValues<NodeKind>().Length;

    /// <summary>Columns in the order of the files: the levels, the version after the edition, then point and needs.</summary>
    public static readonly string[][] Columns =
    [
        ["stage", "学段"], ["grade", "年级"], ["subject", "学科"], ["edition", "教材版本"], ["version", "版次"], ["volume", "册次"], ["unit", "单元"], ["section", "课"],
        ["point", "知识点"], ["needs", "先学"],
    ];

    public static CatalogueRow Of(int line, IReadOnlyList<string> cells) => new(
        line,
        [cells[0], cells[1], cells[2], cells[3], cells[5], cells[6], cells[7]],
        cells[4],
        cells[8],
        cells[9].Split([';', '；', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public string[] ToCells() => [Path[0], Path[1], Path[2], Path[3], Version, Path[4], Path[5], Path[6], Point, string.Join('；', Needs)];
}
