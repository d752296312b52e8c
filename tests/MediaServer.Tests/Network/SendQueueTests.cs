using Classroom.MediaServer.Network;

namespace Classroom.MediaServer.Tests.Network;

public sealed unsafe class SendQueueTests
{
    [Theory]
    [InlineData("100 100 100", "3")]
    [InlineData("100 100 40", "3")] // a shorter packet may end a run
    [InlineData("100 40 40", "2 1")]
    [InlineData("40 100", "1 1")] // a longer one may not
    public void Packets_of_one_size_to_one_peer_become_a_run(string sizes, string packets)
    {
        using var queue = new SendQueue(joinRuns: true);
        var to = default(SocketAddressBytes);
        foreach (var size in sizes.Split(' '))
        {
            queue.Commit(&to, int.Parse(size, System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(packets, string.Join(' ', Enumerable.Range(0, queue.Count).Select(i => queue[i].Packets)));
    }

    [Fact]
    public void Another_peer_begins_another_message()
    {
        using var queue = new SendQueue(joinRuns: true);
        var one = default(SocketAddressBytes);
        var two = default(SocketAddressBytes);
        queue.Commit(&one, 100);
        queue.Commit(&two, 100);
        queue.Commit(&one, 100);
        Assert.Equal(3, queue.Count);
    }

    [Fact]
    public void Nothing_is_joined_where_the_system_cannot_cut()
    {
        using var queue = new SendQueue(joinRuns: false);
        var to = default(SocketAddressBytes);
        queue.Commit(&to, 100);
        queue.Commit(&to, 100);
        Assert.Equal((2, 2), (queue.Count, queue.Packets));
    }
}
