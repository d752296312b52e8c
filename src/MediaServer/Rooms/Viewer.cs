namespace Classroom.MediaServer.Rooms;

/// <summary>A participant as the one who watches, on the loop where its connection is.</summary>
internal sealed class Viewer(Participant participant)
{
    public Participant Participant { get; } = participant;

    public SubscribeConnection? Connection { get; set; }

    public void Close()
    {
        Connection?.Close();
        Connection = null;
    }
}
