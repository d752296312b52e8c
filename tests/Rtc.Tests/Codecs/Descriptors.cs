using Classroom.Rtc.Codecs;

namespace Classroom.Rtc.Tests.Codecs;

/// <summary>Dependency descriptors of a stream with two spatial and two temporal layers, as an encoder in L2T2 writes them.</summary>
internal static class Descriptors
{
    public const uint IdOffset = 60;

    // Templates in the order key, S0T0, S0T1, then the same for S1. Targets: S0T0, S0T1, S1T0, S1T1.
    private static readonly (int Next, string Indications, int[] References)[] s_templates =
    [
        (0, "SSSS", []),
        (1, "SSRR", [4]),
        (2, "-D-R", [2]),
        (0, "--SS", [1]),
        (1, "--SS", [4, 1]),
        (3, "---D", [2, 1]),
    ];

    /// <summary>Index of the template of a frame.</summary>
    public static uint Template(int spatial, int temporal, bool key) => (uint)((spatial * 3) + (key ? 0 : 1 + temporal));

    public static byte[] Plain(uint template, ushort frame, bool start = true, bool end = true, uint idOffset = IdOffset) =>
        Head(template, frame, start, end, idOffset).ToArray();

    /// <summary>How many templates there are: encoders give those of the next structure the ids behind them.</summary>
    public static uint Templates => (uint)s_templates.Length;

    /// <param name="active">Null: not said.</param>
    public static byte[] WithStructure(ushort frame, uint? active = null, bool sizes = true, uint idOffset = IdOffset)
    {
        var bits = Head(0, frame, start: true, end: true, idOffset).Put(1, 1).Put(active is null ? 0u : 1u, 1).Put(0, 3);
        bits.Put(idOffset, 6).Put(3, 5);
        foreach (var (next, _, _) in s_templates)
        {
            bits.Put((uint)next, 2);
        }

        foreach (var indication in s_templates.SelectMany(t => t.Indications))
        {
            bits.Put((uint)Indication(indication), 2);
        }

        foreach (var (_, _, references) in s_templates)
        {
            foreach (var reference in references)
            {
                bits.Put(1, 1).Put((uint)reference - 1, 4);
            }

            bits.Put(0, 1);
        }

        Chains(bits);
        bits.Put(sizes ? 1u : 0u, 1);
        if (sizes)
        {
            bits.Put(319, 16).Put(179, 16).Put(639, 16).Put(359, 16);
        }

        return (active is { } mask ? bits.Put(mask, 4) : bits).ToArray();
    }

    /// <summary>A frame that says everything itself instead of naming it by template.</summary>
    public static byte[] Custom(uint template, ushort frame, string indications)
    {
        var bits = Head(template, frame, start: true, end: true).Put(0, 2).Put(1, 1).Put(1, 1).Put(1, 1);
        foreach (var indication in indications)
        {
            bits.Put((uint)Indication(indication), 2);
        }

        return bits.Put(2, 2).Put(0x20, 8).Put(0, 2).Put(1, 8).Put(2, 8).ToArray();
    }

    public static DecodeIndication Indication(char letter) => letter switch
    {
        'D' => DecodeIndication.Discardable,
        'S' => DecodeIndication.Switch,
        'R' => DecodeIndication.Required,
        _ => DecodeIndication.NotPresent,
    };

    private static BitsWriter Head(uint template, ushort frame, bool start, bool end, uint idOffset = IdOffset) =>
        new BitsWriter().Put(start ? 1u : 0u, 1).Put(end ? 1u : 0u, 1).Put((idOffset + template) % 64, 6).Put(frame, 16);

    // Two chains of five values ns(5): 0 to 2 take two bits, 3 and 4 three. Then ns(2) is one bit.
    private static void Chains(BitsWriter bits)
    {
        bits.Put(2, 2).Put(0, 1).Put(0, 1).Put(1, 1).Put(1, 1);
        for (var i = 0; i < s_templates.Length * 2; i++)
        {
            bits.Put((uint)i & 15, 4);
        }
    }
}
