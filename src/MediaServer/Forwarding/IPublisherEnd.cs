namespace Classroom.MediaServer.Forwarding;

/// <summary>How a publication comes: a connection, or a program on this machine.</summary>
internal interface IPublisherEnd
{
    /// <summary>The publication has ended: nothing more is brought to it.</summary>
    void Remove(Publication publication);
}
