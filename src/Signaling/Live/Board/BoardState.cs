using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Groups;

namespace Classroom.Signaling.Live.Board;

/// <summary>A stroke of the lesson; one that was rubbed out is kept, so that it can come back.</summary>
internal sealed class Stroke(string who, StrokeBody body)
{
    public string Who => who;
    public StrokeBody Body => body;

    /// <summary>The event that newcomers have it from.</summary>
    public long Seq { get; set; }

    /// <summary>Who has been told of it: all, or the one who drew it (and staff).</summary>
    public string Audience { get; set; } = TimelineEntry.All;
    public bool IsGone { get; set; }
}

/// <param name="Owner">Null: what everyone sees.</param>
internal readonly record struct InkLayer(string Surface, string? Owner)
{
    public static InkLayer Of(Stroke stroke) => new(stroke.Body.Surface, stroke.Body.IsPrivate ? stroke.Who : null);
}

/// <summary>Slides, whiteboard and ink: a fold over the timeline.</summary>
internal sealed class BoardState : ILessonFold
{
    private readonly Dictionary<string, Stroke> _strokes = [];
    private readonly Dictionary<InkLayer, HashSet<string>> _layers = [];

    /// <summary>How many strokes an event still brings; at none, newcomers do without it.</summary>
    private readonly Dictionary<long, int> _carried = [];
    private readonly HashSet<long> _past = [];
    private long _shareSeq;

    /// <summary>What everyone sees; null: the picture.</summary>
    public string? Shown { get; private set; }

    public bool IsFree { get; private set; }

    public Dictionary<string, SlidesOpenBody> Documents { get; } = [];

    /// <summary>Students who draw for everyone.</summary>
    public HashSet<string> Pens { get; } = [];

    /// <summary>The student's ink that everyone sees.</summary>
    public InkLayer? Shared { get; private set; }

    /// <summary>All strokes there ever were.</summary>
    public int StrokeCount => _strokes.Count;

    public Stroke? Find(string id) => _strokes.GetValueOrDefault(id);

    public int CountOn(InkLayer layer) => _layers.TryGetValue(layer, out var ids) ? ids.Count : 0;

    /// <summary>What is there, in the order in which it came.</summary>
    public IEnumerable<Stroke> StrokesOn(InkLayer layer) => _layers.TryGetValue(layer, out var ids) ? ids.Select(id => _strokes[id]).OrderBy(stroke => stroke.Seq) : [];

    public bool Has(Surface surface) => surface.DocumentId is not { } id || (Documents.TryGetValue(id, out var document) && surface.Page <= document.Pages.Length);

    /// <summary>Whose audience a new stroke on this layer has.</summary>
    public string AudienceOf(InkLayer layer) => layer.Owner is null || layer == Shared ? GroupState.AudienceOf(layer.Surface) : layer.Owner;

    /// <summary>Strokes that are gone, and that they went, are of no use to those who come later.</summary>
    public bool IsPast(long seq) => _past.Contains(seq);

    public void Apply(TimelineEntry entry, object body)
    {
        switch (body)
        {
            case SlidesOpenBody open:
                Documents[open.DocumentId] = open;
                break;
            case SlidesFreeBody free:
                IsFree = free.Allowed;
                break;
            case SurfaceShowBody show:
                Shown = show.Surface;
                break;
            case StrokeBody stroke:
                Put(new Stroke(entry.Who, stroke), entry);
                break;
            case InkBackBody back:
                ApplyEach(back.Strokes, entry);
                break;
            case StrokeGoneBody gone:
                gone.Ids.Select(Find).OfType<Stroke>().ToList().ForEach(Drop);
                _past.Add(entry.Seq);
                break;
            case SurfaceClearBody clear:
                StrokesOn(new InkLayer(clear.Surface, Owner: null)).ToList().ForEach(Drop);
                _past.Add(entry.Seq);
                break;
            case InkPenBody pen:
                _ = pen.Allowed ? Pens.Add(pen.ParticipantId) : Pens.Remove(pen.ParticipantId);
                break;
            case InkShareBody share:
                Share(share, entry.Seq);
                break;
            case InkUnshareBody:
                EndShare();
                _past.Add(entry.Seq);
                break;
            case LeaveBody leave:
                Pens.Remove(leave.ParticipantId);
                break;
            case RemoveBody remove:
                Pens.Remove(remove.ParticipantId);
                break;
        }
    }

    private void ApplyEach(SignedStroke[] strokes, TimelineEntry entry)
    {
        foreach (var back in strokes)
        {
            Put(new Stroke(back.Who, back.Stroke), entry);
        }
    }

    private void Put(Stroke stroke, TimelineEntry entry)
    {
        if (_strokes.TryGetValue(stroke.Body.Id, out var before) && !before.IsGone)
        {
            return;
        }

        (stroke.Seq, stroke.Audience) = (entry.Seq, entry.Audience);
        _strokes[stroke.Body.Id] = stroke;
        _carried[entry.Seq] = _carried.GetValueOrDefault(entry.Seq) + 1;
        var layer = InkLayer.Of(stroke);
        if (!_layers.TryGetValue(layer, out var ids))
        {
            _layers[layer] = ids = [];
        }

        ids.Add(stroke.Body.Id);
    }

    private void Drop(Stroke stroke)
    {
        if (stroke.IsGone)
        {
            return;
        }

        stroke.IsGone = true;
        _layers[InkLayer.Of(stroke)].Remove(stroke.Body.Id);
        if (--_carried[stroke.Seq] == 0)
        {
            _carried.Remove(stroke.Seq);
            _past.Add(stroke.Seq);
        }
    }

    private void Share(InkShareBody share, long seq)
    {
        EndShare();
        Shared = new InkLayer(share.Surface, share.ParticipantId);
        _shareSeq = seq;
        foreach (var stroke in StrokesOn(Shared.Value))
        {
            stroke.Audience = TimelineEntry.All;
        }
    }

    private void EndShare()
    {
        if (Shared is not null)
        {
            _past.Add(_shareSeq);
        }

        Shared = null;
    }
}
