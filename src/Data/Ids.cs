namespace Classroom.Data;

/// <summary>Row ids: 32 hexadecimal digits, ordered by creation time (UUID version 7, RFC 9562).</summary>
public static class Ids
{
    public static string New() => Guid.CreateVersion7().ToString("N");
}
