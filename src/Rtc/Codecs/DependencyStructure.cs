namespace Classroom.Rtc.Codecs;

/// <summary>
/// The template structure of a stream (RTP Payload Format for AV1, appendix A.8.2): kept by the receiver from one key frame
/// to the next, since ordinary packets only name a template. Memory is made once.
/// </summary>
public sealed class DependencyStructure
{
    /// <summary>Templates at most.</summary>
    public const int MaxTemplates = 64;

    /// <summary>Decode targets at most.</summary>
    public const int MaxTargets = 32;

    /// <summary>Spatial layers that are told apart.</summary>
    public const int MaxSpatial = 4;

    private readonly byte[] _spatial = new byte[MaxTemplates];
    private readonly byte[] _temporal = new byte[MaxTemplates];
    private readonly byte[] _referenceCounts = new byte[MaxTemplates];
    private readonly byte[] _references = new byte[MaxTemplates * FrameReferences.MaxCount];
    private readonly DecodeIndication[] _indications = new DecodeIndication[MaxTemplates * MaxTargets];
    private readonly byte[] _targetSpatial = new byte[MaxTargets];
    private readonly byte[] _targetTemporal = new byte[MaxTargets];
    private readonly ushort[] _widths = new ushort[MaxSpatial];
    private readonly ushort[] _heights = new ushort[MaxSpatial];

    public int TemplateCount { get; private set; }

    public int TargetCount { get; private set; }

    /// <summary>Spatial layers of the stream, 1 to 4.</summary>
    public int SpatialLayers { get; private set; }

    /// <summary>Chains that protect decode targets.</summary>
    internal int ChainCount { get; private set; }

    /// <summary>Id of the first template.</summary>
    internal int IdOffset { get; private set; }

    /// <summary>Highest spatial layer that a decode target holds.</summary>
    public int SpatialOf(int target) => _targetSpatial[target];

    /// <summary>Highest temporal layer that a decode target holds.</summary>
    public int TemporalOf(int target) => _targetTemporal[target];

    /// <summary>Pixels of a spatial layer; zero when the sender does not say.</summary>
    public (int Width, int Height) SizeOf(int spatial) => (_widths[spatial], _heights[spatial]);

    /// <summary>The decode targets within two limits, one bit each.</summary>
    public uint TargetsWithin(int spatial, int temporal)
    {
        var targets = 0u;
        for (var target = 0; target < TargetCount; target++)
        {
            if (_targetSpatial[target] <= spatial && _targetTemporal[target] <= temporal)
            {
                targets |= 1u << target;
            }
        }

        return targets;
    }

    internal void CopyReferences(int template, ref DependencyDescriptor descriptor)
    {
        for (var i = 0; i < _referenceCounts[template]; i++)
        {
            descriptor.AddReference(i < FrameReferences.MaxCount ? _references[(template * FrameReferences.MaxCount) + i] : 0u);
        }
    }

    internal int TemplateSpatial(int template) => _spatial[template];

    internal int TemplateTemporal(int template) => _temporal[template];

    internal DecodeIndication Indication(int template, int target) => _indications[(template * MaxTargets) + target];

    /// <summary>False when the structure breaks a limit or ends early; its content is worth nothing then.</summary>
    internal bool TryRead(ref BitReader reader)
    {
        IdOffset = (int)reader.Read(6);
        TargetCount = (int)reader.Read(5) + 1;
        if (!TryReadLayers(ref reader))
        {
            return false;
        }

        ReadIndications(ref reader);
        ReadReferences(ref reader);
        ReadChains(ref reader);
        FindTargetLayers();
        ReadSizes(ref reader);
        return !reader.IsPastEnd;
    }

    private bool TryReadLayers(ref BitReader reader)
    {
        byte spatial = 0;
        byte temporal = 0;
        TemplateCount = 0;
        while (TemplateCount < MaxTemplates && spatial < MaxSpatial && temporal < 8 && !reader.IsPastEnd)
        {
            _spatial[TemplateCount] = spatial;
            _temporal[TemplateCount++] = temporal;
            SpatialLayers = spatial + 1;
            switch (reader.Read(2))
            {
                case 1:
                    temporal++;
                    break;
                case 2:
                    temporal = 0;
                    spatial++;
                    break;
                case 3:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    private void ReadIndications(ref BitReader reader)
    {
        for (var template = 0; template < TemplateCount; template++)
        {
            for (var target = 0; target < TargetCount; target++)
            {
                _indications[(template * MaxTargets) + target] = (DecodeIndication)reader.Read(2);
            }
        }
    }

    private void ReadReferences(ref BitReader reader)
    {
        for (var template = 0; template < TemplateCount; template++)
        {
            var count = 0;
            while (reader.Flag() && !reader.IsPastEnd)
            {
                var distance = (byte)(reader.Read(4) + 1);
                if (count < FrameReferences.MaxCount)
                {
                    _references[(template * FrameReferences.MaxCount) + count] = distance;
                }

                count = Math.Min(count + 1, FrameReferences.MaxCount + 1);
            }

            _referenceCounts[template] = (byte)count;
        }
    }

    // Chains tell a receiver what it must not miss. A forwarder that leaves out whole decode targets breaks none of them.
    private void ReadChains(ref BitReader reader)
    {
        ChainCount = (int)reader.Below((uint)TargetCount + 1);
        if (ChainCount == 0)
        {
            return;
        }

        for (var target = 0; target < TargetCount; target++)
        {
            reader.Below((uint)ChainCount);
        }

        for (var i = 0; i < TemplateCount * ChainCount && !reader.IsPastEnd; i++)
        {
            reader.Read(4);
        }
    }

    private void FindTargetLayers()
    {
        Array.Clear(_targetSpatial);
        Array.Clear(_targetTemporal);
        for (var template = 0; template < TemplateCount; template++)
        {
            for (var target = 0; target < TargetCount; target++)
            {
                if (Indication(template, target) != DecodeIndication.NotPresent)
                {
                    _targetSpatial[target] = Math.Max(_targetSpatial[target], _spatial[template]);
                    _targetTemporal[target] = Math.Max(_targetTemporal[target], _temporal[template]);
                }
            }
        }
    }

    private void ReadSizes(ref BitReader reader)
    {
        Array.Clear(_widths);
        Array.Clear(_heights);
        if (!reader.Flag())
        {
            return;
        }

        for (var spatial = 0; spatial < SpatialLayers; spatial++)
        {
            // One pixel short of 65,536 is kept at 65,535: nobody sends either.
            _widths[spatial] = (ushort)Math.Min(reader.Read(16) + 1, ushort.MaxValue);
            _heights[spatial] = (ushort)Math.Min(reader.Read(16) + 1, ushort.MaxValue);
        }
    }
}
