using Classroom.Data;
using Classroom.Recorder.Boards;

namespace Classroom.Recorder.Archives;

/// <summary>The words of an archive: names of files and folders, and the text about their times.</summary>
/// <param name="Seats">By the name of a track's group; what has none keeps its own.</param>
/// <param name="Elsewhere">The folder of those who were in no classroom.</param>
/// <param name="Note">The name of the text, without extension.</param>
/// <param name="Intro">Above the times.</param>
/// <param name="Columns">Above the columns of times.</param>
/// <param name="Joined">Above the command that joins all files.</param>
/// <param name="All">The name of the joined file, without extension.</param>
internal sealed record ArchiveWords(IReadOnlyDictionary<string, string> Seats, string Elsewhere, string Note, string Intro, string Columns, string Joined, string All)
{
    /// <summary>By language of the pages.</summary>
    public static IReadOnlyDictionary<string, ArchiveWords> Known { get; } = new Dictionary<string, ArchiveWords>
    {
        ["zh"] = new(
            Names("教师全景", "教师特写", "学生全景", "学生特写", "板书", "课件", "摄像头", "屏幕", "上传的录像", "课件与板书"),
            "教室以外",
            "同步时间",
            "各机位同步：剪辑时，把每个文件放到它在课堂时钟上的开始时间，声音和画面就对齐了。文件是课上原样录下的，没有重新编码。",
            "开始时间      结束时间      文件",
            "也可以用 FFmpeg 把所有机位合成一个多轨文件，在解压后的文件夹里运行：",
            "全部机位"),
        ["en"] = new(
            Names("Teacher wide", "Teacher close-up", "Pupils wide", "Pupils close-up", "Board", "Slides", "Camera", "Screen", "Uploaded film", "Slides and board"),
            "Elsewhere",
            "Times",
            "All seats in sync: when editing, put each file where it begins on the clock of the lesson, and picture and sound fit. The files are as they were captured; nothing is encoded again.",
            "Begins        Ends          File",
            "Or let FFmpeg join all seats into one file of several tracks; run it in the folder of the files:",
            "All seats"),
    };

    private static Dictionary<string, string> Names(string teacherWide, string teacherClose, string pupilsWide, string pupilsClose, string board, string slides, string camera, string screen, string file, string surface) => new()
    {
        [nameof(SeatKind.TeacherPanorama)] = teacherWide,
        [nameof(SeatKind.TeacherCloseUp)] = teacherClose,
        [nameof(SeatKind.StudentPanorama)] = pupilsWide,
        [nameof(SeatKind.StudentCloseUp)] = pupilsClose,
        [nameof(SeatKind.Board)] = board,
        [nameof(SeatKind.Courseware)] = slides,
        ["camera"] = camera,
        ["screen"] = screen,
        ["file"] = file,
        [BoardTimes.Group] = surface,
    };
}
