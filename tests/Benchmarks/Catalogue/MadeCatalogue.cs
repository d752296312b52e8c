using System.Globalization;
using System.Text;

namespace Classroom.Benchmarks.Catalogue;

/// <summary>A made-up catalogue of the size of a province's, as the file that an administrator would import: 25,000 lines.</summary>
internal static class MadeCatalogue
{
    private static readonly string[] Grades = ["一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级", "高一", "高二", "高三"];
    private static readonly string[] Subjects = ["语文", "数学", "英语", "物理", "化学", "生物", "历史", "地理", "科学"];
    private static readonly string[] Editions = ["人教版", "苏教版"];
    private static readonly string[] Volumes = ["上册", "下册"];
    private const int Units = 6;
    private const int Sections = 4;
    private const int Lines = 25_000;

    /// <summary>What titles are made of: common words are in a tenth of the courses, rare ones in a hundredth.</summary>
    public static readonly string[] Words =
    [
        "函数", "方程", "分数", "小数", "面积", "体积", "概率", "统计", "坐标", "向量", "图形", "比例", "古诗", "散文", "作文", "阅读", "词语", "句式", "修辞", "文言",
        "时态", "从句", "对话", "语音", "力学", "电路", "光学", "浮力", "杠杆", "热量", "溶液", "元素", "反应", "酸碱", "细胞", "遗传", "生态", "光合", "朝代", "变法",
        "战争", "改革", "气候", "地形", "河流", "人口", "植物", "动物", "天气", "声音", "磁铁", "岩石", "实验", "观察", "复习", "讲评", "拓展", "专题", "微课", "导入",
    ];

    public static string Csv()
    {
        var text = new StringBuilder("学段,年级,学科,教材版本,版次,册次,单元,课,知识点,先学\n");
        for (var line = 0; line < Lines; line++)
        {
            var section = line * SectionCount / Lines;
            var place = Place(section);
            text.Append(CultureInfo.InvariantCulture, $"{string.Join(',', place)},知识点{line},\n");
        }

        return text.ToString();
    }

    public static int SectionCount => Grades.Length * Subjects.Length * Editions.Length * Volumes.Length * Units * Sections;

    private static string[] Place(int section)
    {
        var (rest, s) = Math.DivRem(section, Sections);
        (rest, var u) = Math.DivRem(rest, Units);
        (rest, var v) = Math.DivRem(rest, Volumes.Length);
        (rest, var e) = Math.DivRem(rest, Editions.Length);
        (var g, var j) = Math.DivRem(rest, Subjects.Length);
        var stage = g < 6 ? "小学" : g < 9 ? "初中" : "高中";
        return [stage, Grades[g], Subjects[j], Editions[e], "2024", Volumes[v], $"第{u + 1}单元", $"第{s + 1}课 {Words[(section * 7) % Words.Length]}"];
    }
}
