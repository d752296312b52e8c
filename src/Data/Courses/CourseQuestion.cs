namespace Classroom.Data;

/// <summary>A question at which a film pauses. It stands on the lesson clock, as captions do: it follows its place wherever the film is cut.</summary>
public sealed class CourseQuestion
{
    public required string MicroCourseId { get; set; }

    /// <summary>Unique within the course. It stays while the question is moved or worded anew.</summary>
    public required string Id { get; set; }
    public long AtMs { get; set; }

    /// <summary>Single, Multiple, TrueFalse or Number: what can be judged without a person.</summary>
    public QuestionKind Kind { get; set; }
    public required string Text { get; set; }

    /// <summary>JSON array of the texts to choose from; empty where nothing is chosen.</summary>
    public string Choices { get; set; } = "[]";

    /// <summary>JSON of the right answer, its shape by kind, as in <see cref="LessonQuestion.Answer"/>.</summary>
    public required string Answer { get; set; }

    /// <summary>Said after the answer; may be empty.</summary>
    public string Explanation { get; set; } = "";

    /// <summary>They go with it.</summary>
    public List<CourseAnswer> Answers { get; set; } = [];
}

/// <summary>How a viewer answered a question of a film. The first answer counts.</summary>
public sealed class CourseAnswer
{
    public required string MicroCourseId { get; set; }
    public required string QuestionId { get; set; }
    public required string AccountId { get; set; }

    /// <summary>Whether the first answer was right.</summary>
    public bool IsRight { get; set; }
    public int Tries { get; set; }
    public DateTime FirstAt { get; set; }
}
