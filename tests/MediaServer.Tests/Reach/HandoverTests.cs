using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Network;

namespace Classroom.MediaServer.Tests.Reach;

public sealed unsafe class HandoverTests
{
    [Fact]
    public void Checks_leave_half_of_the_places_to_media()
    {
        using var giver = new Handover(0, new WakeList(2));
        using var taker = new Handover(1, new WakeList(2));
        var from = default(SocketAddressBytes);
        var checks = 0;
        while (giver.TryGive(taker, [0, 1], &from, loop: 1, isCheck: true))
        {
            checks++;
        }

        var media = 0;
        while (giver.TryGive(taker, [128, 96], &from, loop: 1, isCheck: false))
        {
            media++;
        }

        Assert.Equal((HandoverRing.Capacity / 2, HandoverRing.Capacity / 2), (checks, media));
        taker.Incoming(0)!.Advance(1);
        Assert.False(giver.TryGive(taker, [0, 1], &from, loop: 1, isCheck: true));
        Assert.True(giver.TryGive(taker, [128, 96], &from, loop: 1, isCheck: false));
    }
}
