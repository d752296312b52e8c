using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Classroom.MediaServer.Tests.Support;
using Classroom.Server.Tests.BadInput;

namespace Classroom.Server.Tests.Diagnostics;

/// <summary>Support looks into a running lesson: numbers, one connection's trace, the room's packets.</summary>
[Collection(typeof(OpenSchoolCollection))]
public sealed class LookInsideTests(OpenSchool school)
{
    private const string Media = $"/api/admin/lessons/{OpenSchool.Lesson}/media";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("/trace?participant=x&kind=Publish")]
    [InlineData("/dump?seconds=1")]
    public async Task Only_administrators_and_technicians_may_look(string what)
    {
        Assert.Equal(401, (await school.SendAsync(HttpMethod.Get, Media + what)).Status);
        Assert.Equal("403 not_allowed", (await school.SendAsync(HttpMethod.Get, Media + what, cookie: await school.SignInAsync("teacher1"))).Refusal);
    }

    [Fact]
    public async Task A_lesson_that_is_not_open_has_nothing_to_look_at()
    {
        var cookie = await school.SignInAsync("admin");
        Assert.Equal("404 lesson_not_found", (await school.SendAsync(HttpMethod.Get, "/api/admin/lessons/nothing/media", cookie: cookie)).Refusal);
        Assert.Equal("404 lesson_not_found", (await school.SendAsync(HttpMethod.Get, "/api/admin/lessons/nothing/media/dump", cookie: cookie)).Refusal);
        Assert.Equal("404 participant_not_found", (await school.SendAsync(HttpMethod.Get, Media + "/trace?participant=nobody&kind=Publish", cookie: cookie)).Refusal);
    }

    [Fact]
    public async Task A_trace_has_a_line_for_each_packet_that_comes()
    {
        var cookie = await school.SignInAsync("technician");
        var name = OpenSchool.NewName();
        using var camera = await school.PublishAsync(name);
        await SendWhileAsync(camera, name, cookie, async participant =>
        {
            var trace = $"{Media}/trace?participant={Uri.EscapeDataString(participant)}&kind=Publish&seconds=3";
            var reading = school.SendAsync(HttpMethod.Get, trace, cookie: cookie);
            var lines = (await reading).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Contains(lines, line => line.Contains("<- Rtp    1200 ssrc=", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains("-> Rtcp", StringComparison.Ordinal) && line.Contains("RR", StringComparison.Ordinal));
            Assert.All(lines, line => Assert.Matches(@"^ *\d+\.\d\d (<-|->) (Stun|Dtls|Rtp|Rtcp|State) ", line));
        });
    }

    [Fact]
    public async Task A_dump_has_headers_and_for_administrators_the_payload_when_they_ask_for_it()
    {
        var (administrator, technician) = (await school.SignInAsync("admin"), await school.SignInAsync("technician"));
        var name = OpenSchool.NewName();
        using var camera = await school.PublishAsync(name);
        await SendWhileAsync(camera, name, technician, async _ =>
        {
            Assert.Equal("403 not_allowed", (await school.SendAsync(HttpMethod.Get, Media + "/dump?seconds=1&payload=true", cookie: technician)).Refusal);
            var headers = Records(await DumpAsync(Media + "/dump?seconds=2", technician));
            Assert.Contains(headers, record => record is { Sent: 1200, Kept.Length: 12 });
            var whole = Records(await DumpAsync(Media + "/dump?seconds=2&payload=true", administrator));
            Assert.Contains(whole, record => record is { Sent: 1200, Kept.Length: 1200 } && Packets.Parse(record.Kept).Ssrc == TestPeer.VideoSsrc);
            Assert.Equal(whole.Select(record => record.Ms).Order(), whole.Select(record => record.Ms));
        });
    }

    /// <summary>The camera goes on sending while somebody looks at it.</summary>
    private async Task SendWhileAsync(TestPeer camera, string name, string cookie, Func<string, Task> look)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; !done.IsCancellationRequested; i++)
            {
                camera.SendRtp(Packets.Video(i, key: i % 50 == 0, timestamp: (uint)(i * 3000)));
                await Task.Delay(20, CancellationToken.None);
            }
        }, Cancel);
        try
        {
            await look(await ParticipantAsync(name, cookie));
        }
        finally
        {
            await done.CancelAsync();
            await sending;
        }
    }

    /// <summary>Who publishes under a name, by the numbers of the lesson.</summary>
    private async Task<string> ParticipantAsync(string name, string cookie)
    {
        while (true)
        {
            var answer = await school.SendAsync(HttpMethod.Get, Media, cookie: cookie);
            Assert.True(answer.Status == 200, answer.Body);
            using var numbers = JsonDocument.Parse(answer.Body);
            foreach (var publication in numbers.RootElement.GetProperty("publications").EnumerateArray())
            {
                if (publication.GetProperty("group").GetString() == name && publication.GetProperty("packets").GetInt64() > 0)
                {
                    return publication.GetProperty("participantId").GetString()!;
                }
            }

            await Task.Delay(50, Cancel);
        }
    }

    private async Task<byte[]> DumpAsync(string path, string cookie)
    {
        using var client = school.Host.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var reply = await client.GetAsync(path, Cancel);
        Assert.Equal(new MediaTypeHeaderValue("application/octet-stream"), reply.Content.Headers.ContentType);
        return await reply.Content.ReadAsByteArrayAsync(Cancel);
    }

    /// <summary>Reads what rtptools describe as the format of rtpdump.</summary>
    private static List<(int Sent, uint Ms, byte[] Kept)> Records(byte[] file)
    {
        var first = "#!rtpplay1.0 0.0.0.0/0\n"u8;
        Assert.Equal(Encoding.ASCII.GetString(first), Encoding.ASCII.GetString(file, 0, first.Length));
        var records = new List<(int, uint, byte[])>();
        for (var position = first.Length + 16; position < file.Length;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(position));
            int sent = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(position + 2));
            records.Add((sent, BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(position + 4)), file[(position + 8)..(position + length)]));
            position += length;
        }

        return records;
    }
}
