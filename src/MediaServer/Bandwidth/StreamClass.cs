namespace Classroom.MediaServer.Bandwidth;

/// <summary>What a stream is to the lesson; earlier ones are served first.</summary>
public enum StreamClass : byte
{
    /// <summary>Never held back: without the teacher's voice there is no lesson.</summary>
    Audio,

    /// <summary>Slides and the board's picture: text that must be read.</summary>
    Courseware,

    /// <summary>The seat that is on stage.</summary>
    CloseUp,

    /// <summary>A whole classroom.</summary>
    Panorama,

    /// <summary>Everything else.</summary>
    Rest,
}

/// <summary>Why a stream comes in less than was asked for.</summary>
public enum LimitReason : byte
{
    /// <summary>It comes as asked for.</summary>
    None,

    /// <summary>The receiver's own line is full.</summary>
    OwnLine,

    /// <summary>The ceiling that is set for the receiver.</summary>
    ParticipantCeiling,

    /// <summary>The ceiling that all receivers of a school share.</summary>
    SchoolCeiling,

    /// <summary>The sender's line does not carry its better layers.</summary>
    SenderLine,

    /// <summary>The sender's device is too slow to encode its better layers, as its page says.</summary>
    SenderDevice,

    /// <summary>Nobody looks at it, or it was paused on purpose.</summary>
    Paused,
}
