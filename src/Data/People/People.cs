namespace Classroom.Data;

/// <summary>What an account may do outside a lesson.</summary>
public enum AccountRole { Teacher, Student, Editor, Reviewer, Technician, Supervisor, Administrator }

/// <summary>A district with its bureau (区域/教育局).</summary>
public sealed class Region
{
    public string Id { get; set; } = Ids.New();
    public required string Name { get; set; }
}

public sealed class School
{
    public string Id { get; set; } = Ids.New();
    public required string RegionId { get; set; }
    public Region? Region { get; set; }
    public required string Name { get; set; }

    /// <summary>At most six characters, for lamps and tiles.</summary>
    public required string ShortName { get; set; }

    /// <summary>What all its devices in a lesson may receive together, in kilobits per second; null: as much as comes through.</summary>
    public int? LineKbps { get; set; }
}

/// <summary>Two or more schools with a plan of joint lessons (结对).</summary>
public sealed class Pair
{
    public string Id { get; set; } = Ids.New();
    public required string Name { get; set; }
    public List<School> Schools { get; set; } = [];
}

/// <summary>A physical recording classroom (教室); its device is the station.</summary>
public sealed class ClassroomRoom
{
    public string Id { get; set; } = Ids.New();
    public required string SchoolId { get; set; }
    public School? School { get; set; }
    public required string Name { get; set; }

    /// <summary>The seats this classroom can send, comma-separated <see cref="SeatKind"/> names, at most six.</summary>
    public string Seats { get; set; } = "TeacherCloseUp";

    /// <summary>JSON of the station's last self-test; empty: none yet.</summary>
    public string SelfTest { get; set; } = "";
    public DateTime? SelfTestAt { get; set; }
    public List<ClassroomSource> Sources { get; set; } = [];
}

/// <summary>One picture a classroom can send (机位).</summary>
public enum SeatKind { TeacherPanorama, TeacherCloseUp, StudentPanorama, StudentCloseUp, Board, Courseware }

public sealed class Account
{
    public string Id { get; set; } = Ids.New();

    /// <summary>Sign-in name, lower case, unique.</summary>
    public required string UserName { get; set; }
    public required string DisplayName { get; set; }

    /// <summary>Hash by ASP.NET Identity's PasswordHasher (PBKDF2). Empty: cannot sign in with a password.</summary>
    public string PasswordHash { get; set; } = "";
    public AccountRole Role { get; set; }
    public string? SchoolId { get; set; }
    public School? School { get; set; }
    public string? RegionId { get; set; }

    /// <summary>Subject taught or reviewed, for example 数学.</summary>
    public string? Subject { get; set; }
    public bool MustChangePassword { get; set; }
    public bool IsDisabled { get; set; }

    /// <summary>Changes with the password and the rights: cookies with an older stamp are refused.</summary>
    public string SecurityStamp { get; set; } = Ids.New();
    public DateTime CreatedAt { get; set; }
}

/// <summary>A class of pupils (班级) with its roster.</summary>
public sealed class SchoolClass
{
    public string Id { get; set; } = Ids.New();
    public required string SchoolId { get; set; }
    public School? School { get; set; }
    public required string Name { get; set; }
    public List<Pupil> Pupils { get; set; } = [];
}

public sealed class Pupil
{
    public string Id { get; set; } = Ids.New();
    public required string SchoolClassId { get; set; }

    /// <summary>Seat or roll number, unique in the class.</summary>
    public required string Number { get; set; }
    public required string Name { get; set; }

    /// <summary>There is no consent to record this child: picture and sound of it are never captured.</summary>
    public bool MayNotBeRecorded { get; set; }
}
