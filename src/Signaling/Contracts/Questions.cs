using Classroom.Data;

namespace Classroom.Signaling.Contracts;

/// <summary>What someone answered. Only the part that fits the question's kind is filled.</summary>
/// <param name="Choices">Places of the chosen texts, from 0, in order. True or false: 0 is true, 1 is false.</param>
/// <param name="Picture">Id of an uploaded photo.</param>
public sealed record AnswerValue(int[]? Choices = null, double? Number = null, string? Text = null, string? Picture = null);

/// <summary>What is right. Only the part that fits the question's kind is filled.</summary>
/// <param name="Choices">Places of the right choices, from 0. True or false: 0 is true, 1 is false.</param>
/// <param name="Tolerance">How far a number may be off; null: not at all.</param>
/// <param name="Texts">Every wording that counts as right.</param>
public sealed record RightAnswer(int[]? Choices = null, double? Number = null, double? Tolerance = null, string[]? Texts = null);

/// <summary>A question as a teacher writes or asks it.</summary>
/// <param name="Choices">What to choose from (single, multiple); empty texts show the letters alone.</param>
/// <param name="Answer">Null: none is right or wrong.</param>
/// <param name="Seconds">Countdown; 0: until the teacher closes it.</param>
/// <param name="KnowledgePointId">A knowledge point of the lesson's chapter.</param>
public sealed record QuestionDraft(QuestionKind Kind, string Text, string[] Choices, RightAnswer? Answer, int Seconds, double Points, string? KnowledgePointId);

/// <summary>A prepared question of a lesson.</summary>
public sealed record QuestionRow(string Id, QuestionDraft Draft);

/// <summary>One or many questions, added all or none.</summary>
public sealed record QuestionDrafts(QuestionDraft[] Drafts);

/// <param name="Ids">All prepared questions of the lesson in their new order.</param>
public sealed record QuestionOrder(string[] Ids);

/// <summary>How a class answered a question, without names.</summary>
/// <param name="Right">How many were right; null when none is right or wrong.</param>
/// <param name="Counts">Of each choice how often it was chosen.</param>
/// <param name="Numbers">The most frequent numbers, most frequent first.</param>
public sealed record AnswerTally(int Answered, int? Right, int[] Counts, NumberTally[] Numbers);

public sealed record NumberTally(double Number, int Count);

/// <summary>What was asked in a lesson and how it was answered, for the page after it.</summary>
public sealed record LessonAnswers(AnsweredQuestion[] Questions, AnsweringPerson[] People);

/// <param name="AskedAt">UTC milliseconds.</param>
public sealed record AnsweredQuestion(
    string Id, QuestionKind Kind, string Text, string[] Choices, double Points, string? KnowledgePoint, long AskedAt, RightAnswer? Answer, AnswerTally Tally, GivenAnswerRow[] Answers);

/// <param name="Person">Place in <see cref="LessonAnswers.People"/>.</param>
/// <param name="Right">Null when none is right or wrong, or nobody has looked yet.</param>
/// <param name="PictureUrl">A link that expires.</param>
public sealed record GivenAnswerRow(int Person, AnswerValue Value, bool? Right, double Points, double Seconds, string? PictureUrl);

/// <param name="WasHere">False for a name on the roster that did not join.</param>
public sealed record AnsweringPerson(string Name, string School, string Class, string Number, bool WasHere);

/// <summary>A child of a class that sits in a lesson.</summary>
public sealed record RosterPupil(string Id, string Number, string Name, string ClassroomId, string ClassName, string SchoolName, string SchoolShortName);

/// <summary>The seats of the classes that sit in a lesson, for a tablet that knows its PIN.</summary>
public sealed record SeatList(ClassSeats[] Classes);

public sealed record ClassSeats(string ClassroomId, string SchoolName, string ClassName, PupilSeat[] Pupils);

/// <param name="IsHere">Someone of that name and classroom is in the lesson.</param>
public sealed record PupilSeat(string Id, string Number, string Name, bool IsHere);
