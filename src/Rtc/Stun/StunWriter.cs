using System.Buffers.Binary;
using System.Text;

namespace Classroom.Rtc.Stun;

/// <summary>What a connectivity check says besides who asks (RFC 8445, 7.1).</summary>
/// <param name="Priority">Priority of the peer-reflexive candidate that the check might create.</param>
/// <param name="TieBreaker">Settles who controls when both think they do.</param>
/// <param name="Controlling">The sender's role.</param>
/// <param name="UseCandidate">Nominates the pair; only from the controlling side.</param>
public readonly record struct IceCheck(uint Priority, ulong TieBreaker, bool Controlling, bool UseCandidate);

/// <summary>
/// Writes whole Binding messages with MESSAGE-INTEGRITY and FINGERPRINT (RFC 8489). Every method returns the length;
/// 512 bytes are always enough.
/// </summary>
public static class StunWriter
{
    /// <summary>Enough for every message written here.</summary>
    public const int MaxLength = 640;

    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="transactionId">12 random bytes.</param>
    /// <param name="username">"theirs:ours".</param>
    /// <param name="key">Their password in UTF-8.</param>
    /// <param name="check">ICE attributes.</param>
    public static int WriteBindingRequest(
        Span<byte> destination, ReadOnlySpan<byte> transactionId, string username, ReadOnlySpan<byte> key, IceCheck check)
    {
        var builder = new StunBuilder(destination, 0x0001, transactionId);
        builder.AddText(StunAttribute.Username, username);
        builder.AddUInt32(StunAttribute.Priority, check.Priority);
        builder.AddUInt64(check.Controlling ? StunAttribute.IceControlling : StunAttribute.IceControlled, check.TieBreaker);
        if (check.UseCandidate)
        {
            builder.Add(StunAttribute.UseCandidate, default);
        }

        return builder.Finish(key);
    }

    /// <summary>Answers a request with the address it was seen to come from.</summary>
    public static int WriteBindingSuccess(
        Span<byte> destination, ReadOnlySpan<byte> transactionId, NetAddress mapped, ReadOnlySpan<byte> key)
    {
        var builder = new StunBuilder(destination, 0x0101, transactionId);
        Span<byte> value = stackalloc byte[StunAddress.MaxLength];
        builder.Add(StunAttribute.XorMappedAddress, value[..StunAddress.Write(value, mapped, transactionId)]);
        return builder.Finish(key);
    }

    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="transactionId">Of the request.</param>
    /// <param name="code">300 to 699.</param>
    /// <param name="reason">A short phrase for people.</param>
    /// <param name="key">Our password in UTF-8; empty where the request could not be authenticated.</param>
    /// <param name="unknown">For 420: the types that were not understood.</param>
    public static int WriteBindingError(
        Span<byte> destination,
        ReadOnlySpan<byte> transactionId,
        int code,
        string reason,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<StunAttribute> unknown = default)
    {
        var builder = new StunBuilder(destination, 0x0111, transactionId);
        Span<byte> value = stackalloc byte[4 + 128];
        value[..4].Clear();
        value[2] = (byte)(code / 100);
        value[3] = (byte)(code % 100);
        Encoding.UTF8.TryGetBytes(reason, value[4..], out var length);
        builder.Add(StunAttribute.ErrorCode, value[..(4 + length)]);
        if (!unknown.IsEmpty)
        {
            AddUnknown(ref builder, unknown);
        }

        return builder.Finish(key);
    }

    private static void AddUnknown(ref StunBuilder builder, ReadOnlySpan<StunAttribute> unknown)
    {
        Span<byte> types = stackalloc byte[64];
        var count = Math.Min(unknown.Length, types.Length / 2);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(types[(i * 2)..], (ushort)unknown[i]);
        }

        builder.Add(StunAttribute.UnknownAttributes, types[..(count * 2)]);
    }
}
