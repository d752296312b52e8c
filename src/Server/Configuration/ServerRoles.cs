namespace Classroom.Server.Configuration;

/// <summary>What one process does. The default is everything.</summary>
[Flags]
public enum ServerRoles
{
    None = 0,

    /// <summary>Pages, accounts, lessons, library.</summary>
    Web = 1,

    /// <summary>Forwarding and capture.</summary>
    Media = 2,

    /// <summary>The film pipeline.</summary>
    Worker = 4,
    All = Web | Media | Worker,
}
