using System.Text.Json;
using Classroom.Recorder.Matroska;
using Classroom.Rtc;
using Microsoft.Win32.SafeHandles;

namespace Classroom.Recorder.Capture;

/// <summary>
/// One Matroska file being written, and the clock log beside it. Each cluster goes to the system in one write(), so that a killed
/// process loses at most what the open cluster holds; a power cut loses what was not synced, see <see cref="CaptureThread"/>.
/// </summary>
internal sealed class CaptureFile : IDisposable
{
    private readonly FileStream _file;
    private readonly StreamWriter _log;
    private readonly ClusterWriter _cluster = new();
    private readonly Instant _zero;
    private long _length;
    private Instant _clusterSince = Instant.Never;

    /// <exception cref="IOException">The disk refused.</exception>
    public CaptureFile(string folder, CaptureHeader header, MatroskaTracks tracks, Instant zero)
    {
        Header = header;
        Tracks = tracks;
        _zero = zero;
        var path = Path.Combine(folder, header.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _log = new StreamWriter(new FileStream(Path.ChangeExtension(path, ".json"), FileMode.CreateNew, FileAccess.Write, FileShare.Read)) { AutoFlush = false };
        try
        {
            Log(header);
            _log.Flush();
            _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var writer = new EbmlWriter();
            MatroskaHeader.Write(writer, tracks);
            Write(writer.Written);
        }
        catch
        {
            Dispose();
            File.Delete(path);
            File.Delete(Path.ChangeExtension(path, ".json"));
            throw;
        }
    }

    public CaptureHeader Header { get; }

    public MatroskaTracks Tracks { get; }

    public SafeFileHandle Handle => _file.SafeFileHandle;

    public long Ms(Instant at) => (long)Math.Round((at - _zero).TotalMilliseconds);

    /// <exception cref="IOException">The disk refused.</exception>
    public void Add(int track, TimedFrame frame, Instant now)
    {
        var at = Ms(frame.At);
        if (at < 0)
        {
            return; // Sound from before the first picture.
        }

        // A cluster begins at each key frame, because players can only seek to clusters.
        if (_cluster.IsFullFor(at) || (track == MatroskaHeader.VideoTrack && frame.Frame.IsKey && !_cluster.IsEmpty))
        {
            Flush();
        }

        _clusterSince = Instant.Min(_clusterSince, now);
        _cluster.Add(track, at, frame.Frame.IsKey, frame.Frame.Data);
    }

    /// <summary>Writes what has waited too long although nothing came to fill the cluster.</summary>
    public void Tick(Instant now)
    {
        if (!_cluster.IsEmpty && (now - _clusterSince).TotalMilliseconds >= ClusterWriter.MaxMilliseconds)
        {
            Flush();
        }
    }

    /// <summary>Notes a clock mapping or a loss beside the file.</summary>
    public void Log<T>(T line) => _log.WriteLine(JsonSerializer.Serialize(line, CaptureJson.Options));

    public void Flush()
    {
        if (!_cluster.IsEmpty)
        {
            Write(_cluster.Close());
            _cluster.Clear();
            _clusterSince = Instant.Never;
            _log.Flush();
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        try
        {
            _log.Dispose();
        }
        catch (IOException)
        {
            // The last notes do not fit on the disk; it is closed all the same.
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.Write(bytes);
            _length += bytes.Length;
        }
        catch (IOException)
        {
            // Half a cluster helps nobody.
            _file.SetLength(_length);
            throw;
        }
    }
}
