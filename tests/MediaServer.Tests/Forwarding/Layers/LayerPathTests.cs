using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Forwarding.Layers;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Tests.Forwarding.Layers;

/// <summary>Random lessons on virtual time: wishes change, packets are lost, late and in disorder; what is sent must stay whole.</summary>
public sealed class LayerPathTests
{
    private static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(33);
    private Instant _now = Instant.FromMilliseconds(100_000);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory, MemberData(nameof(Seeds))]
    public void Switches_between_encodings_and_temporal_layers_leave_no_gap(int seed)
    {
        var random = new Random(seed);
        var activity = Activity(3);
        var path = new LayerPath(VideoCodec.Vp8, 90_000, activity);
        var receiver = new Receiver(path);
        Play(random, path, activity, receiver, frames: 900, deliver: packets => packets);
        receiver.AssertNoGap();
        receiver.AssertPicturesContinue();
        receiver.AssertDecodable();
        Assert.Equal(3, receiver.Forwarded.Select(p => p.Encoding).Distinct().Count());
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Packets_in_disorder_find_the_places_kept_for_them(int seed)
    {
        var random = new Random(seed);
        var activity = Activity(3);
        var path = new LayerPath(VideoCodec.Vp8, 90_000, activity);
        var receiver = new Receiver(path);
        var held = new List<ModelPacket>();
        Play(random, path, activity, receiver, frames: 600, deliver: packets => Disorder(random, packets, held));
        Assert.True(receiver.Count > 600);
        AssertOnlyLateOfOldEncodingMissing(receiver);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void With_spatial_layers_in_one_encoding_down_is_at_once_and_up_at_a_key_frame(int seed)
    {
        var random = new Random(seed);
        var encoder = new Encoder(random, 0, VideoCodec.Vp9, spatialLayers: 3);
        var activity = Activity(1);
        var path = new LayerPath(VideoCodec.Vp9, 90_000, activity);
        var receiver = new Receiver(path);
        var wanted = LayerTarget.Highest;
        for (var i = 0; i < 600; i++)
        {
            wanted = random.Next(20) == 0 ? new LayerTarget(random.Next(3), 3) : wanted;
            _now += s_frame;
            activity[0].OnPacket(_now);
            path.Update(wanted, 3, _now);
            var packets = encoder.Next(_now, key: i == 0 || path.Awaited == 0);
            var highest = packets.Where(p => receiver.Offer(p) == PlacementKind.Forward).Max(p => p.Packet.Picture.Spatial);
            Assert.Equal(wanted.Spatial, highest);
        }

        receiver.AssertNoGap();
        receiver.AssertDecodable();
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Layers_in_time_within_spatial_ones_are_taken_up_only_where_the_frame_says_so(int seed)
    {
        var random = new Random(seed);
        var encoder = new Encoder(random, 0, VideoCodec.Av1, spatialLayers: 3);
        var activity = Activity(1);
        var path = new LayerPath(VideoCodec.Av1, 90_000, activity);
        var receiver = new Receiver(path);
        var wanted = LayerTarget.Highest;
        var raises = 0;
        for (var i = 0; i < 600; i++)
        {
            wanted = random.Next(20) == 0 ? new LayerTarget(random.Next(3), random.Next(3)) : wanted;
            _now += s_frame;
            activity[0].OnPacket(_now);
            path.Update(wanted, 3, _now);
            var before = path.Caps.Temporal;
            var key = i == 0 || path.Awaited == 0;
            encoder.Next(_now, key).ForEach(p => receiver.Offer(p));
            raises += !key && path.Caps.Temporal > before ? 1 : 0;
        }

        receiver.AssertNoGap();
        receiver.AssertDecodable();
        Assert.True(raises > 0);
        Assert.All(receiver.Forwarded.TakeLast(1), p => Assert.InRange(p.Packet.Picture.Temporal, 0, wanted.Temporal));
    }

    [Fact]
    public void Frame_numbers_of_16_bits_go_on_when_the_source_changes()
    {
        var activity = Activity(1);
        var path = new LayerPath(VideoCodec.Av1, 90_000, activity);
        activity[0].OnPacket(_now);
        path.Update(LayerTarget.Highest, 1, _now);
        var packet = new LayerPacket { Sequence = 1, Timestamp = 1, At = _now, Picture = Frame(65_534) };
        Assert.Equal(65_534, path.Place(0, in packet).Numbers.PictureId);
        path.Rejoin();
        path.Update(LayerTarget.Highest, 1, _now);
        for (var i = 0; i < 3; i++)
        {
            packet = new LayerPacket { Sequence = 900 + i, Timestamp = 5000 + (uint)i, At = _now, Picture = Frame((ushort)(40 + i)) };
            Assert.Equal((ushort)(65_535 + i), path.Place(0, in packet).Numbers.PictureId);
        }

        static PictureInfo Frame(ushort number) => new() { Flags = PictureFlags.Known | PictureFlags.Start | PictureFlags.End | PictureFlags.Key, PictureId = number };
    }

    [Fact]
    public void The_last_layer_that_is_sent_ends_the_picture()
    {
        var activity = Activity(1);
        var path = new LayerPath(VideoCodec.Vp9, 90_000, activity);
        activity[0].OnPacket(_now);
        path.Update(new LayerTarget(1, 3), 3, _now);
        var markers = new List<(byte Spatial, bool Marker)>();
        foreach (var packet in new Encoder(new Random(4), 0, VideoCodec.Vp9, spatialLayers: 3).Next(_now, key: true))
        {
            var data = packet.Packet;
            var placement = path.Place(0, in data);
            if (placement.Kind == PlacementKind.Forward)
            {
                markers.Add((data.Picture.Spatial, placement.Marker));
            }
        }

        Assert.Equal((1, true), markers[^1]);
        Assert.All(markers[..^1], m => Assert.False(m.Marker));
    }

    [Fact]
    public void A_silent_layer_is_left_within_250_ms_of_the_others_packets()
    {
        var random = new Random(1);
        var encoders = Encoders(random);
        var activity = Activity(3);
        var path = new LayerPath(VideoCodec.Vp8, 90_000, activity);
        var receiver = new Receiver(path);
        var silentSince = Instant.Never;
        var leftAfter = TimeSpan.MaxValue;
        for (var i = 0; i < 300 && leftAfter == TimeSpan.MaxValue; i++)
        {
            _now += s_frame;
            for (var e = 0; e < 3; e++)
            {
                if (e == 2 && i >= 150)
                {
                    silentSince = Instant.Min(silentSince, _now);
                    continue;
                }

                activity[e].OnPacket(_now);
                path.Update(LayerTarget.Highest, 1, _now);
                encoders[e].Next(_now, key: i == 0 || path.Awaited == e).ForEach(p => receiver.Offer(p));
            }

            leftAfter = i > 150 && path.Encoding == 1 ? _now - silentSince : leftAfter;
        }

        Assert.InRange(leftAfter, TimeSpan.FromMilliseconds(200), EncodingActivity.Silence + s_frame);
        receiver.AssertDecodable();
    }

    [Fact]
    public void A_sender_of_three_pictures_a_second_has_no_silent_layers_between_them()
    {
        var encoders = Encoders(new Random(1));
        var activity = Activity(3);
        var path = new LayerPath(VideoCodec.Vp8, 90_000, activity);
        var receiver = new Receiver(path);
        var begun = _now;
        for (var picture = 0; picture < 60; picture++)
        {
            // The largest is encoded and sent first: by then the others have said nothing for longer than a silent one may.
            for (var e = 2; e >= 0; e--)
            {
                _now += TimeSpan.FromMilliseconds(e == 2 ? 300 : 20);
                activity[e].OnPacket(_now);
                foreach (var packet in encoders[e].Next(_now, key: picture % 10 == 0))
                {
                    path.Update(new LayerTarget(0, 3), 1, _now);
                    receiver.Offer(packet);
                }

                // Paused for a while in between, as by a line that has become too small.
                if (picture is > 20 and < 25)
                {
                    path.Update(LayerTarget.Paused, 1, _now);
                }

                Assert.True(_now - begun < TimeSpan.FromSeconds(2) || path is { Encoding: <= 0, Awaited: <= 0 }, $"picture {picture}: layer {path.Encoding}, {path.Awaited} to come");
            }
        }

        Assert.Equal(0, path.Encoding);
    }

    [Fact]
    public void A_new_layer_is_taken_once_it_has_flowed_for_two_seconds()
    {
        var selector = new EncodingSelector();
        var activity = Activity(2);
        activity[0].OnPacket(_now);
        selector.Update(2, activity, _now);
        selector.Join(0);
        activity[0].OnPacket(_now + EncodingSelector.Proof - s_frame);
        activity[1].OnPacket(_now);
        activity[1].OnPacket(_now + EncodingSelector.Proof - s_frame);
        selector.Update(2, activity, _now + EncodingSelector.Proof - s_frame);
        Assert.False(selector.IsPending);
        selector.Update(2, activity, _now + EncodingSelector.Proof);
        Assert.Equal(1, selector.Target);
    }

    /// <summary>
    /// Receivers wait for a missing picture id only with pictures of upper layers, and only when it lies between the picture and the
    /// base picture that it builds on: from the next base picture on, the id that stays free is of no account.
    /// </summary>
    [Theory, MemberData(nameof(Seeds))]
    public void A_late_picture_that_is_not_wanted_leaves_its_id_free_and_is_forgotten_with_the_next_base_picture(int seed)
    {
        var random = new Random(seed);
        var encoder = new Encoder(random, 0);
        var activity = Activity(1);
        activity[0].OnPacket(_now);
        var path = new LayerPath(VideoCodec.Vp8, 90_000, activity);
        path.Update(new LayerTarget(0, 1), 1, _now);
        var receiver = new Receiver(path);
        var pictures = Enumerable.Range(0, 40).Select(i => encoder.Next(_now, key: i == 0)).ToList();
        var late = (random.Next(1, 8) * 4) + 1; // the first picture of layer 2 after a base picture
        for (var i = 0; i < pictures.Count; i++)
        {
            pictures[i == late ? i + 1 : i == late + 1 ? i - 1 : i].ForEach(p => receiver.Offer(p));
        }

        receiver.AssertNoGap();
        receiver.AssertDecodable();
        var ids = receiver.Pictures.ToList();
        var gaps = Enumerable.Range(1, ids.Count - 1).Where(i => ((ids[i].Id - ids[i - 1].Id) & 0x7FFF) != 1).ToList();
        Assert.Equal(1, Assert.Single(gaps.Select(g => (int)ids[g].Temporal)));
        Assert.Equal(0, ids[gaps[0] + 1].Temporal);
        var bases = ids.Where(p => p.Temporal == 0).Select(p => p.BaseIndex).ToList();
        Assert.All(Enumerable.Range(1, bases.Count - 1), i => Assert.Equal((byte)(bases[i - 1] + 1), bases[i]));
    }

    [Fact]
    public void On_the_way_down_the_old_layer_is_thinned()
    {
        var random = new Random(3);
        var encoders = Encoders(random);
        var activity = Activity(3);
        var path = new LayerPath(VideoCodec.Vp8, 90_000, activity);
        var receiver = new Receiver(path);
        Steady(path, activity, receiver, encoders, LayerTarget.Highest, frames: 90, answersKeyframes: true);
        var before = receiver.Forwarded.Count();
        Steady(path, activity, receiver, encoders, new LayerTarget(0, 3), frames: 40, answersKeyframes: false);
        Assert.Equal(2, path.Encoding);
        Assert.All(receiver.Forwarded.Skip(before + 4), p => Assert.Equal(0, p.Packet.Picture.Temporal));
        Steady(path, activity, receiver, encoders, new LayerTarget(0, 3), frames: 1, answersKeyframes: true);
        Assert.Equal(0, path.Encoding);
        receiver.AssertNoGap();
    }

    [Fact]
    public void Time_goes_on_by_the_senders_clock_over_a_switch()
    {
        // The new encoding's clock reads 5,000 where the old one's reads 90,000, it reported half a second later, and its key frame is 50 ms younger.
        var from = new SourceTime(1UL << 32, 90_000, _now);
        var to = new SourceTime((1UL << 32) + (1UL << 31), 5_000, _now);
        Assert.True(from.TryTranslate(to, 5_000 + 4_500, 90_000, out var old));
        Assert.Equal(90_000u + 45_000 + 4_500, old);
        Assert.False(default(SourceTime).TryTranslate(to, 1, 90_000, out _));
    }

    [Fact]
    public void A_pause_ends_at_a_key_frame_right_behind_the_last_packet()
    {
        var encoders = Encoders(new Random(5));
        var activity = Activity(3);
        var path = new LayerPath(VideoCodec.Vp8, 90_000, activity);
        var receiver = new Receiver(path);
        Steady(path, activity, receiver, encoders, LayerTarget.Highest, frames: 60, answersKeyframes: true);
        var sent = receiver.Count;
        Steady(path, activity, receiver, encoders, LayerTarget.Paused, frames: 30, answersKeyframes: true);
        Assert.Equal(sent, receiver.Count);
        Steady(path, activity, receiver, encoders, LayerTarget.Highest, frames: 60, answersKeyframes: true);
        receiver.AssertNoGap();
        receiver.AssertDecodable();
        Assert.True(receiver.Count > sent);
    }

    private static EncodingActivity[] Activity(int count) => [.. Enumerable.Range(0, count).Select(_ => new EncodingActivity())];

    private static Encoder[] Encoders(Random random) => [new(random, 0), new(random, 1), new(random, 2)];

    private static List<ModelPacket> Disorder(Random random, List<ModelPacket> packets, List<ModelPacket> held)
    {
        var result = new List<ModelPacket>();
        foreach (var packet in packets)
        {
            // A key frame in disorder is another test's matter: joining needs its first packet.
            if (random.Next(10) == 0 && !packet.Packet.Picture.IsKey)
            {
                held.Add(packet);
                continue;
            }

            result.Add(packet);
            if (held.Count > 0 && random.Next(3) == 0)
            {
                result.Add(held[0]);
                held.RemoveAt(0);
            }
        }

        return result;
    }

    private static void AssertOnlyLateOfOldEncodingMissing(Receiver receiver)
    {
        receiver.AssertDecodable(allowsBroken: true);
        Assert.All(receiver.Forwarded.GroupBy(p => p.Frame), g => Assert.Equal(g.Count(), g.Select(p => p.Packet.Sequence).Distinct().Count()));
    }

    private void Steady(LayerPath path, EncodingActivity[] activity, Receiver receiver, Encoder[] encoders, LayerTarget wanted, int frames, bool answersKeyframes)
    {
        Array.ForEach(Enumerable.Range(0, 3).ToArray(), e => activity[e].OnPacket(_now - TimeSpan.FromSeconds(1.9)));
        for (var i = 0; i < frames; i++)
        {
            _now += s_frame;
            for (var e = 0; e < 3; e++)
            {
                activity[e].OnPacket(_now);
                path.Update(wanted, 1, _now);
                encoders[e].Next(_now, key: answersKeyframes && path.Awaited == e).ForEach(p => receiver.Offer(p));
            }
        }
    }

    private void Play(Random random, LayerPath path, EncodingActivity[] activity, Receiver receiver, int frames, Func<List<ModelPacket>, List<ModelPacket>> deliver)
    {
        var encoders = Encoders(random);
        var wanted = LayerTarget.Highest;
        for (var i = 0; i < frames; i++)
        {
            _now += s_frame;
            wanted = random.Next(25) == 0 ? new LayerTarget(random.Next(3), random.Next(4)) : wanted;
            for (var e = 0; e < 3; e++)
            {
                activity[e].OnPacket(_now);
                path.Update(wanted, 1, _now);
                // The key frame comes some time after it was asked for.
                var key = i == 0 || (path.Awaited == e && random.Next(5) == 0);
                deliver(encoders[e].Next(_now, key)).ForEach(p => receiver.Offer(p));
            }
        }
    }
}
