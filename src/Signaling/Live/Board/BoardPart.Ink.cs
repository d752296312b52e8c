using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Groups;

namespace Classroom.Signaling.Live.Board;

// Strokes: drawn, rubbed out, brought back, and passing.
internal sealed partial class BoardPart
{
    private const int MostAtOnce = 64;
    private const int MostNamed = 500;
    private const int MostOnSurface = 5_000;
    private const int MostOfOne = 1_500;
    private const int MostInLesson = 100_000;
    private readonly Dictionary<string, InkPace> _paces = [];

    public Task<Ack> DrawAsync(string who, string? key, StrokeInput[]? strokes) => floor.CommandAsync(who, key, person =>
    {
        if (strokes is not { Length: > 0 and <= MostAtOnce } || !strokes.All(StrokeRules.IsGood) || strokes.DistinctBy(stroke => stroke.Id).Count() != strokes.Length)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        // A page that came back sends what it is not sure of: what is here already is done.
        var bodies = strokes.Where(stroke => State.Find(stroke.Id) is null).Select(stroke => Body(person, stroke)).ToList();
        DemandRoom(who, bodies);
        DemandPace(who, bodies.Count);
        return EmitAll(bodies, (body, once) => floor.Emit(who, BoardEvents.Stroke, body, State.AudienceOf(LayerOf(who, body)), once), key);
    });

    public Task<Ack> EraseAsync(string who, string? key, string[]? ids) => floor.CommandAsync(who, key, person =>
    {
        var strokes = DemandStrokes(person, ids).Where(stroke => !stroke.IsGone);
        return EmitAll(
            strokes.GroupBy(stroke => stroke.Audience),
            (group, once) => floor.Emit(who, BoardEvents.Gone, new StrokeGoneBody([.. group.Select(stroke => stroke.Body.Id)]), group.Key, once),
            key);
    });

    public Task<Ack> RestoreAsync(string who, string? key, string[]? ids) => floor.CommandAsync(who, key, person =>
    {
        var strokes = DemandStrokes(person, ids).Where(stroke => stroke.IsGone).ToList();
        foreach (var own in strokes.GroupBy(stroke => stroke.Who))
        {
            DemandRoom(own.Key, [.. own.Select(stroke => stroke.Body)]);
        }

        DemandPace(who, strokes.Count);
        return EmitAll(
            strokes.GroupBy(stroke => State.AudienceOf(InkLayer.Of(stroke))),
            (group, once) => floor.Emit(who, BoardEvents.Back, new InkBackBody([.. group.Select(stroke => new SignedStroke(stroke.Who, stroke.Body))]), group.Key, once),
            key);
    });

    public Task<Ack> ClearAsync(string who, string? key, string? surface) => floor.CommandAsync(who, key, person =>
    {
        var name = DemandSurface(person, surface).ToString();
        return State.CountOn(new InkLayer(name, Owner: null)) == 0 ? floor.LastSeq : floor.Emit(who, BoardEvents.Clear, new SurfaceClearBody(name), GroupState.AudienceOf(name), key);
    });

    /// <summary>To everyone who is connected, except the one it comes from; to tablets, of which fifty share a line, every second piece.</summary>
    public Task PassAsync(string who, PassingInk? ink) => floor.AskAsync(() =>
    {
        var person = floor.DemandHere(who);
        if (ink is null || !StrokeRules.IsGood(ink))
        {
            throw new Refusal(Refusal.BadRequest);
        }

        if (!MayDrawForOthers(person, DemandSurface(person, ink.Surface)))
        {
            throw new Refusal(Refusal.NotAllowed);
        }

        // What passes too fast is left out: the stroke itself comes when it is finished.
        var pace = PaceOf(who);
        if (pace.Passing.TryPass(floor.Now))
        {
            var isForTablets = pace.IsForTablets(ink);
            foreach (var attachment in floor.Attached.Where(attachment => attachment.ParticipantId != who && Sees(attachment, ink.Surface, isForTablets)))
            {
                attachment.Outbox?.Passing(who, ink);
            }
        }

        return true;
    });

    private bool Sees(Attachment attachment, string surface, bool isForTablets) =>
        floor.State.People.TryGetValue(attachment.ParticipantId, out var person) && (isForTablets || person.Role != LessonRole.Student) && floor.State.Groups.MaySee(person, surface);

    // On the whiteboard of a subgroup all its members draw.
    private bool MayDrawForOthers(Person person, Surface surface) => surface.Group is not null || floor.State.Voices.MayLead(person) || person.Role == LessonRole.Station || State.Pens.Contains(person.Id);

    private StrokeBody Body(Person person, StrokeInput stroke)
    {
        if (stroke.IsPrivate && person.Role != LessonRole.Student)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        var surface = DemandSurface(person, stroke.Surface);
        var isForOthers = MayDrawForOthers(person, surface);
        if (!isForOthers && !floor.State.Picture.Settings.StudentsMayDraw)
        {
            throw new Refusal(Refusal.NotAllowed);
        }

        // Ink is never lost: without the pen it is the student's own.
        return new StrokeBody(stroke.Id, surface.ToString(), stroke.Tool, stroke.Color, stroke.Width, stroke.Points, stroke.IsPrivate || !isForOthers);
    }

    /// <summary>The strokes of these ids that are known; refused when one of them is not the caller's business.</summary>
    private List<Stroke> DemandStrokes(Person person, string[]? ids)
    {
        if (ids is not { Length: > 0 and <= MostNamed })
        {
            throw new Refusal(Refusal.BadRequest);
        }

        var strokes = ids.Distinct().Select(id => State.Find(id ?? "")).OfType<Stroke>().ToList();
        return strokes.TrueForAll(stroke => stroke.Who == person.Id || (person.Role == LessonRole.Teacher && !stroke.Body.IsPrivate))
            ? strokes
            : throw new Refusal(Refusal.NotAllowed);
    }

    private void DemandRoom(string who, IReadOnlyList<StrokeBody> bodies)
    {
        var isFull = bodies.GroupBy(body => LayerOf(who, body)).Any(layer => State.CountOn(layer.Key) + layer.Count() > (layer.Key.Owner is null ? MostOnSurface : MostOfOne));
        if (isFull || State.StrokeCount + bodies.Count > MostInLesson)
        {
            throw new Refusal(Refusal.BoardFull);
        }
    }

    private static InkLayer LayerOf(string who, StrokeBody body) => new(body.Surface, body.IsPrivate ? who : null);

    private void DemandPace(string who, int strokes)
    {
        var pace = PaceOf(who).Strokes;
        for (var index = 0; index < strokes; index++)
        {
            if (!pace.TryPass(floor.Now))
            {
                throw new Refusal(Refusal.TooFast);
            }
        }
    }

    private InkPace PaceOf(string who)
    {
        if (!_paces.TryGetValue(who, out var pace))
        {
            _paces[who] = pace = new InkPace();
        }

        return pace;
    }

    // The key is the first event's: one key stands for one number, by which the call is answered each time.
    private long EmitAll<T>(IEnumerable<T> items, Func<T, string?, long> emit, string? key)
    {
        long? first = null;
        foreach (var item in items.ToList())
        {
            var seq = emit(item, first is null ? key : null);
            first ??= seq;
        }

        return first ?? floor.LastSeq;
    }

    /// <summary>Nobody draws faster; a tablet that was offline for a minute sends all of it at once.</summary>
    private sealed class InkPace
    {
        public PaceGate Strokes { get; } = new(600, TimeSpan.FromSeconds(20));

        public PaceGate Passing { get; } = new(60, TimeSpan.FromSeconds(2));

        private bool _wasForTablets;
        private string _id = "";

        /// <summary>The beginning of a stroke, then every second piece, and that a pointer is gone.</summary>
        public bool IsForTablets(PassingInk ink)
        {
            var isFor = !_wasForTablets || ink.Id != _id || ink.Points.Length == 0;
            _wasForTablets = isFor && ink.Points.Length > 0;
            _id = ink.Id;
            return isFor;
        }
    }
}
