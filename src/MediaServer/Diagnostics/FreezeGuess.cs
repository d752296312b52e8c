using System.Runtime.CompilerServices;
using Classroom.Rtc;

namespace Classroom.MediaServer.Diagnostics;

/// <summary>
/// Guesses from what is sent when a receiver's picture stands still. A pause counts as browsers count it (freezeCount of
/// webrtc-stats): longer than three times the usual, or than the usual and 150 ms. A receiver that asks for a key frame
/// has a broken picture until one comes.
/// </summary>
internal struct FreezeGuess
{
    private const double Smoothing = 1.0 / 16;
    private static readonly TimeSpan s_noticed = TimeSpan.FromMilliseconds(150);

    private Instant? _last;
    private Instant? _brokenSince;
    private TimeSpan _usual;
    private bool _isKey;

    public int Count { get; private set; }

    public TimeSpan Total { get; private set; }

    /// <summary>A packet has been sent.</summary>
    /// <param name="isKey">Of a key frame, as far as it says so.</param>
    /// <param name="endsPicture">It was the last of its picture.</param>
    /// <param name="now">Time.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnPacket(bool isKey, bool endsPicture, Instant now)
    {
        _isKey |= isKey;
        if (endsPicture)
        {
            OnPicture(now);
            _isKey = false;
        }
    }

    /// <summary>The receiver asks for a key frame.</summary>
    public void OnBroken(Instant now) => _brokenSince ??= _last is null ? null : now;

    /// <summary>Nothing is sent on purpose.</summary>
    public void Rest() => (_last, _brokenSince) = (null, null);

    private void OnPicture(Instant now)
    {
        if (_brokenSince is { } broken)
        {
            if (!_isKey)
            {
                return;
            }

            Add(now - broken);
            _brokenSince = null;
        }
        else if (_last is { } last)
        {
            OnInterval(now - last);
        }

        _last = now;
    }

    private void OnInterval(TimeSpan interval)
    {
        if (_usual > TimeSpan.Zero && interval > _usual * 3 && interval > _usual + s_noticed)
        {
            Add(interval - _usual);
            return;
        }

        _usual = _usual == TimeSpan.Zero ? interval : _usual + ((interval - _usual) * Smoothing);
    }

    private void Add(TimeSpan frozen)
    {
        Count++;
        Total += frozen;
    }
}
