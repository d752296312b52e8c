using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Tokens;

namespace Classroom.Signaling.Live;

/// <summary>A child found on the roster of one of the lesson's classes.</summary>
internal sealed record PupilMatch(string PupilId, string ClassroomId, bool MayNotBeRecorded);

/// <summary>Someone at the lesson's door.</summary>
/// <param name="Grant">With the participant id when someone comes back.</param>
/// <param name="LastSeq">Last event the page has; 0 for a page that starts anew and has no connections.</param>
internal sealed record Arrival(JoinGrant Grant, string Name, long LastSeq, PupilMatch? Pupil, ClientOutbox? Outbox, IParticipantListener? Headless)
{
    private const int LongestName = 32;

    /// <summary>A participant id for a newcomer.</summary>
    public string ParticipantId { get; } = Grant.ParticipantId ?? Ids.New();

    public LessonRole Role => Grant.Role;

    public bool IsNotRecorded => Pupil is { MayNotBeRecorded: true };

    public string? ClassroomId => Pupil?.ClassroomId ?? Grant.ClassroomId;

    /// <summary>The name to show: an account's own, else what the page gives, else the token's.</summary>
    public static string NameOf(JoinGrant grant, string? asked)
    {
        var fixedName = grant.AccountId is not null ? grant.Name : null;
        var name = Clean(fixedName ?? asked) is { Length: > 0 } given ? given : Clean(grant.Name);
        return name.Length == 0 ? grant.Role.ToString() : name;
    }

    /// <summary>Trimmed, one line, no control characters, bounded.</summary>
    public static string Clean(string? text, int longest = LongestName)
    {
        var clean = new string([.. (text ?? "").Where(c => !char.IsControl(c))]).Trim();
        return clean.Length <= longest ? clean : clean[..longest];
    }

    /// <summary>Everything that this person would be recognised by when banned.</summary>
    public IEnumerable<string> BanKeys()
    {
        yield return ParticipantId;
        if (Grant.TokenId.Length > 0)
        {
            yield return $"token:{Grant.TokenId}";
        }

        if (Grant.AccountId is { } account)
        {
            yield return $"account:{account}";
        }

        if (Pupil is { } pupil)
        {
            yield return $"pupil:{pupil.PupilId}";
        }

        if (Role is LessonRole.Student or LessonRole.Observer)
        {
            yield return NameKey(Name);
        }
    }

    public static string NameKey(string name) => $"name:{name.ToLowerInvariant()}";
}
