using System.Text;
using Classroom.Rtc.Stun;

namespace Classroom.MediaServer.Tests.Support;

/// <summary>Binding requests as a browser sends them.</summary>
internal static class Checks
{
    /// <param name="username">"theirs:ours".</param>
    public static byte[] Request(string username, string password, bool nominates = true)
    {
        var buffer = new byte[StunWriter.MaxLength];
        var id = new byte[12];
        Random.Shared.NextBytes(id);
        var check = new IceCheck(100, 7, Controlling: true, UseCandidate: nominates);
        return buffer[..StunWriter.WriteBindingRequest(buffer, id, username, Encoding.UTF8.GetBytes(password), check)];
    }
}
