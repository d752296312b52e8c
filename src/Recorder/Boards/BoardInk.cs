namespace Classroom.Recorder.Boards;

/// <summary>All ink of a lesson, by layer and in the order in which it came: the same fold as the pages' (WebClient/src/live/board/ink.ts).</summary>
internal sealed class BoardInk
{
    private readonly Dictionary<string, InkStroke> _strokes = [];
    private readonly Dictionary<(string Surface, string? Owner), OrderedDictionary<string, InkStroke>> _layers = [];

    public IEnumerable<InkStroke> On((string Surface, string? Owner) layer) => _layers.TryGetValue(layer, out var strokes) ? strokes.Values : [];

    /// <summary>One that is there already stays where it is, unless it has changed hands: then it moves to its layer.</summary>
    /// <returns>False when nothing was added.</returns>
    /// <param name="moved">From this layer it is gone.</param>
    public bool Add(InkStroke stroke, out (string Surface, string? Owner)? moved)
    {
        moved = null;
        if (_strokes.TryGetValue(stroke.Id, out var before))
        {
            if (before.Layer == stroke.Layer)
            {
                return false;
            }

            moved = Remove(stroke.Id);
        }

        _strokes[stroke.Id] = stroke;
        if (!_layers.TryGetValue(stroke.Layer, out var strokes))
        {
            _layers[stroke.Layer] = strokes = [];
        }

        strokes[stroke.Id] = stroke;
        return true;
    }

    /// <returns>The layer that it lay on; null when it was not there.</returns>
    public (string Surface, string? Owner)? Remove(string id)
    {
        if (!_strokes.Remove(id, out var stroke))
        {
            return null;
        }

        _layers[stroke.Layer].Remove(id);
        return stroke.Layer;
    }

    /// <returns>False when nothing lay there.</returns>
    public bool Clear((string Surface, string? Owner) layer)
    {
        var ids = On(layer).Select(stroke => stroke.Id).ToList();
        ids.ForEach(id => Remove(id));
        return ids.Count > 0;
    }
}
