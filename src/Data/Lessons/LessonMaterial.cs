namespace Classroom.Data;

/// <summary>Slides become pages; a file or a link is pushed as it is.</summary>
public enum DocumentKind { Slides, File, Link }

/// <summary>Where an uploaded document is on its way to the tablets.</summary>
public enum DocumentState { Waiting, Ready, Failed }

/// <summary>Something that a lesson shows or hands out: slides, a file, a link.</summary>
public sealed class LessonDocument
{
    public string Id { get; set; } = Ids.New();
    public required string LessonId { get; set; }
    public DocumentKind Kind { get; set; }
    public required string Title { get; set; }

    /// <summary>As uploaded; empty for a link.</summary>
    public string FileName { get; set; } = "";
    public string ContentType { get; set; } = "";
    public long Bytes { get; set; }

    /// <summary>Where a link goes; empty for files.</summary>
    public string Url { get; set; } = "";
    public DocumentState State { get; set; } = DocumentState.Waiting;

    /// <summary>Code of what went wrong, which pages say in words.</summary>
    public string? Error { get; set; }

    /// <summary>JSON: of each page of slides its size and its title.</summary>
    public string Pages { get; set; } = "[]";

    /// <summary>Order in the lesson, from 0.</summary>
    public int Position { get; set; }
    public string? UploaderAccountId { get; set; }
    public DateTime CreatedAt { get; set; }
}

/// <summary>How a question is answered.</summary>
public enum QuestionKind { Single, Multiple, TrueFalse, Number, Text, Picture }

/// <summary>A question that was prepared for a lesson.</summary>
public sealed class LessonQuestion
{
    public string Id { get; set; } = Ids.New();
    public required string LessonId { get; set; }

    /// <summary>Order in the lesson, from 0.</summary>
    public int Position { get; set; }
    public QuestionKind Kind { get; set; }
    public required string Text { get; set; }

    /// <summary>JSON array of the texts to choose from; empty where nothing is chosen.</summary>
    public string Choices { get; set; } = "[]";

    /// <summary>JSON of the right answer, its shape by kind; empty: none is right or wrong.</summary>
    public string Answer { get; set; } = "";

    /// <summary>Countdown; 0: until the teacher closes it.</summary>
    public int Seconds { get; set; }
    public double Points { get; set; } = 1;
    public string? KnowledgePointId { get; set; }
    public DateTime CreatedAt { get; set; }
}

/// <summary>What observers look at (听课评价表).</summary>
public sealed class Rubric
{
    public string Id { get; set; } = Ids.New();
    public required string Name { get; set; }

    /// <summary>JSON: groups with their items.</summary>
    public string Items { get; set; } = "[]";

    /// <summary>Offered first.</summary>
    public bool IsDefault { get; set; }
    public DateTime UpdatedAt { get; set; }
}
