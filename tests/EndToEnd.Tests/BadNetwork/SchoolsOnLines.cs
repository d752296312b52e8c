using System.Text.Json;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.Lines;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.TestKit;

namespace Classroom.EndToEnd.Tests.BadNetwork;

/// <summary>A lesson of two classrooms and a teacher, each on a line of its own that a test may spoil; it is left whole again.</summary>
public class SchoolsOnLines : IAsyncLifetime
{
    public const int Xinghai = 1;
    public const int Songtao = 2;

    private LineNetwork? _network;
    private ServerProcess? _server;
    private Browsers? _browsers;
    private string _lessonId = "";

    public Guest Host { get; private set; } = null!;

    public Guest Far { get; private set; } = null!;

    /// <summary>Without a camera: sees both.</summary>
    public Guest Teacher { get; private set; } = null!;

    public Line HostLine => _network![0];

    public Line FarLine => _network![1];

    public Line TeacherLine => _network![2];

    /// <summary>What the host's cameras see.</summary>
    protected virtual MadeCameras HostCameras { get; } = new(Xinghai, "星海", ["教师特写"]);

    public async ValueTask InitializeAsync()
    {
        try
        {
            _network = await LineNetwork.BuildAsync("xinghai", "songtao", "teacher");
            _server = await ServerProcess.StartAtAsync(_network.Server, TestContext.Current.CancellationToken);
            _browsers = await Browsers.StartAsync();
            await OpenAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        IAsyncDisposable?[] parts = [_browsers, _server, _network];
        (_browsers, _server, _network) = (null, null, null);
        foreach (var part in parts)
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    /// <summary>All see and hear what they should.</summary>
    public async Task AreTogetherAsync()
    {
        await Teacher.SeesAsync(Xinghai, Songtao);
        await Host.SeesAsync(Songtao);
        await Far.SeesAsync(Xinghai);
        await Task.WhenAll(Host.SeesAndHearsMoreAsync(), Far.SeesAndHearsMoreAsync());
    }

    /// <summary>What the host sends and what the server makes of it, for messages.</summary>
    public async Task<string> DescribeAsync()
    {
        using var calls = await ServerCalls.SignInAsync(_server!.Address, "admin");
        var media = await calls.GetAsync<JsonElement>($"/api/admin/lessons/{_lessonId}/media");
        return $"host sends {await Host.Page.EvaluateAsync<string>("classroomTest.sent()")}; server: {media}";
    }

    private async Task OpenAsync()
    {
        using var calls = await ServerCalls.SignInAsync(_server!.Address, "teacher1");
        var lesson = await PlannedLesson.PlanAsync(calls);
        _lessonId = lesson.Id;
        Host = await _browsers!.ChromiumAsync(HostLine, _server.Address, "星海", HostCameras);
        Far = await _browsers.ChromiumAsync(FarLine, _server.Address, "松桃", new(Songtao, "松桃", ["教师特写"]));
        Teacher = await _browsers.ChromiumAsync(TeacherLine, _server.Address, "teacher", MadeCameras.None);
        await Host.SetUpStationAsync("school-xinghai", PlannedLesson.HostRoom);
        await Far.SetUpStationAsync("school-songtao", PlannedLesson.FarRoom);
        await Teacher.SignInAsync("teacher1");
        await Teacher.EnterConsoleAsync(lesson.Id, hasCamera: false);
        await Host.IsInLessonAsync();
        await Far.IsInLessonAsync();
        await AreTogetherAsync();
    }
}
