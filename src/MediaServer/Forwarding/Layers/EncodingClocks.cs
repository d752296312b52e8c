namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>The sender's clock beside the timestamps of two encodings, from their sender reports.</summary>
internal readonly record struct EncodingClocks(SourceTime From, SourceTime To)
{
    /// <summary>A timestamp of the new encoding on the old one's line; false before both have reported.</summary>
    public bool TryTranslate(uint timestamp, int clockRate, out uint old)
    {
        old = 0;
        if (!From.IsKnown || !To.IsKnown)
        {
            return false;
        }

        var sinceReport = (int)(timestamp - To.Timestamp);
        var between = (Int128)(long)(To.Ntp - From.Ntp) * clockRate / (1L << 32);
        old = From.Timestamp + (uint)(int)between + (uint)sinceReport;
        return true;
    }
}
