using Classroom.MediaServer.Forwarding;
using Classroom.Rtc.Codecs;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Tests.Codecs;

namespace Classroom.MediaServer.Tests.Forwarding;

/// <summary>What dependency descriptors say when packets come late, even key frames behind the next one.</summary>
public sealed class DescriptorStoreTests
{
    private const byte Extension = 8;
    private const int Keys = 40;
    private const int PicturesPerKey = 4;

    [Fact]
    public void Late_key_frames_confuse_nothing_that_comes_after_the_next_one()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var store = new DescriptorStore(1024, Extension);
            var newest = -1;
            foreach (var frame in Sent(random).OrderBy(f => f.Order))
            {
                var data = frame.ToPacket();
                Assert.True(RtpPacket.TryParse(data, out var packet));
                var picture = store.Read(store.Find(packet), frame.Timestamp, out var descriptor);
                var isRead = descriptor.TargetCount != 0;
                Assert.True(!isRead || (picture.Spatial, picture.Temporal) == (frame.Spatial, frame.Temporal), $"seed {seed}: {frame} was taken for another layer");
                newest = frame.HasStructure ? Math.Max(newest, frame.Key) : newest;
                Assert.True(isRead || frame.Key != newest, $"seed {seed}: {frame} could not be read");
                Assert.Equal(frame.HasStructure && frame.Key == newest, picture.IsKey);
            }
        }
    }

    // A sender asked for key frames all the time; every tenth packet comes late, by as much as two key frames.
    private static IEnumerable<Frame> Sent(Random random)
    {
        ushort number = 65_400;
        for (var picture = 0; picture < Keys * PicturesPerKey; picture++)
        {
            var inKey = picture % PicturesPerKey;
            for (byte spatial = 0; spatial < 2; spatial++)
            {
                var late = random.Next(10) == 0 ? random.NextDouble() * 2 * PicturesPerKey : 0;
                yield return new Frame(picture / PicturesPerKey, number++, (uint)picture * 3000, spatial, (byte)(inKey % 2), inKey == 0, picture + (spatial * 0.1) + late);
            }
        }
    }

    private sealed record Frame(int Key, ushort Number, uint Timestamp, byte Spatial, byte Temporal, bool IsKeyPicture, double Order)
    {
        public bool HasStructure => IsKeyPicture && Spatial == 0;

        public byte[] ToPacket()
        {
            var offset = (uint)Key * Descriptors.Templates % 64;
            var descriptor = HasStructure
                ? Descriptors.WithStructure(Number, idOffset: offset)
                : Descriptors.Plain(Descriptors.Template(Spatial, Temporal, IsKeyPicture), Number, idOffset: offset);
            var packet = new byte[128];
            RtpWriter.WriteHeader(packet, 45, marker: Spatial == 1, Number, Timestamp, 1);
            var extensions = new RtpExtensionWriter(packet, twoByte: true);
            extensions.TryAdd(Extension, descriptor);
            return packet[..(extensions.Finish() + 1)];
        }
    }
}
