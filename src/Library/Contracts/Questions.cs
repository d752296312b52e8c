using Classroom.Data;

namespace Classroom.Library.Contracts;

/// <summary>An answer to a question of a film, given or right.</summary>
/// <param name="Choices">Places in the list of choices, from 0; of true and false 0 is true.</param>
/// <param name="Tolerance">By how much a number may be off.</param>
public sealed record FilmAnswer(int[]? Choices = null, double? Number = null, double? Tolerance = null);

/// <summary>A question at which a film pauses, as its editor writes it.</summary>
/// <param name="Id">Made by the page; unique within the course.</param>
/// <param name="AtMs">On the lesson clock.</param>
/// <param name="Choices">Empty for true and false and for numbers.</param>
/// <param name="Explanation">Said after the answer; may be empty.</param>
public sealed record FilmQuestionEdit(string Id, long AtMs, QuestionKind Kind, string Text, string[] Choices, FilmAnswer Answer, string Explanation);

/// <summary>The same for viewers: without what is right.</summary>
/// <param name="AtMs">On the film's clock.</param>
public sealed record FilmQuestion(string Id, long AtMs, QuestionKind Kind, string Text, string[] Choices);

public sealed record FilmAnswerGiven(string QuestionId, FilmAnswer Answer);

/// <param name="Answer">What is right.</param>
public sealed record FilmAnswerJudged(bool IsRight, FilmAnswer Answer, string Explanation);

/// <param name="Answered">Viewers, each by the first answer.</param>
public sealed record QuestionCount(string Id, string Text, int Answered, int Right);
