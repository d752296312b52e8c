using Classroom.MediaServer;

namespace Classroom.Recorder.Capture;

/// <summary>The thread that writes, and the one that syncs. The media loops never wake them, which would cost the loops: they look every 10 ms, and seldom while nothing is captured.</summary>
internal sealed class CaptureThread : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LookWhenIdle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(1);
    private readonly ManualResetEventSlim _stop = new();
    private readonly CaptureEngine _engine;
    private readonly IMediaClock _clock;
    private readonly Thread _writer;
    private readonly Thread _sync;

    public CaptureThread(CaptureEngine engine, IMediaClock clock)
    {
        (_engine, _clock) = (engine, clock);
        _writer = new Thread(Write) { IsBackground = true, Name = "capture" };
        _sync = new Thread(Sync) { IsBackground = true, Name = "capture-sync" };
        _writer.Start();
        _sync.Start();
    }

    /// <summary>Writes what is waiting, closes all files and ends.</summary>
    public void Dispose()
    {
        _stop.Set();
        _writer.Join();
        _sync.Join();
        _stop.Dispose();
    }

    private void Write()
    {
        while (!_stop.Wait(_engine.IsCapturing ? Look : LookWhenIdle))
        {
            _engine.Pump(_clock.Now);
        }

        _engine.CloseAll(_clock.Now);
    }

    // write() survives a kill of the process; this survives a power cut. It runs apart because a sync may take long.
    private void Sync()
    {
        while (!_stop.Wait(SyncEvery))
        {
            foreach (var file in _engine.OpenFiles)
            {
                try
                {
                    RandomAccess.FlushToDisk(file);
                }
                catch (Exception error) when (error is IOException or ObjectDisposedException)
                {
                    // Closed meanwhile, or the next write will meet the same error and report it.
                }
            }
        }
    }
}
