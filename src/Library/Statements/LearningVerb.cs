namespace Classroom.Library.Statements;

/// <summary>What viewers do, by the verbs of xAPI and its video profile.</summary>
internal enum LearningVerb { Initialized, Played, Paused, Seeked, Terminated, Completed, Answered }

internal static class LearningVerbs
{
    private const string Adl = "http://adlnet.gov/expapi/verbs/";
    private const string Video = "https://w3id.org/xapi/video/verbs/";

    public static string Name(this LearningVerb verb) => verb.ToString().ToLowerInvariant();

    public static string Uri(this LearningVerb verb) =>
        (verb is LearningVerb.Played or LearningVerb.Paused or LearningVerb.Seeked ? Video : Adl) + verb.Name();
}
