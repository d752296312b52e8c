using System.Text.Json;
using System.Text.Json.Serialization;
using Classroom.Data;
using Classroom.Data.Secrets;
using Classroom.Signaling.Accounts;
using Classroom.Signaling.Diagnostics;
using Classroom.Signaling.Lessons;
using Classroom.Signaling.Lessons.Attendance;
using Classroom.Signaling.Lessons.Questions;
using Classroom.Signaling.LinkTest;
using Classroom.Signaling.Live;
using Classroom.Signaling.Live.Board;
using Classroom.Signaling.Live.Questions;
using Classroom.Signaling.Live.Tablets;
using Classroom.Signaling.Observation;
using Classroom.Signaling.Schools;
using Classroom.Signaling.Sources;
using Classroom.Signaling.Stations;
using Classroom.Signaling.Tokens;
using Classroom.Signaling.Rehearsals;
using Classroom.Signaling.Whip;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling;

/// <summary>Lessons, accounts and everything that is live, for the composition root.</summary>
public static class SignalingSetup
{
    /// <summary>An SDP answer with 61 media sections is 31 kB; SignalR's default is 32 kB.</summary>
    private const int LargestHubMessage = 256 * 1024;

    /// <summary>Needs the database (AddClassroomData) and the media server to be registered as well.</summary>
    public static IServiceCollection AddSignaling(this IServiceCollection services, Action<SignalingOptions> configure)
    {
        services.AddOptions<SignalingOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.ConfigureHttpJsonOptions(options => Describe(options.SerializerOptions));
        AddAccounts(services);
        AddLessons(services);
        AddHub(services);
        return services;
    }

    /// <summary>Lets the server make its first join itself, once it has started. After <see cref="AddSignaling"/>.</summary>
    public static IServiceCollection AddRehearsal(this IServiceCollection services)
    {
        AddHosted<Rehearsal>(services);
        return services.AddSingleton<IRehearsal>(provider => provider.GetRequiredService<Rehearsal>());
    }

    /// <summary>Maps /api (accounts, lessons, schools), /whip, /whep and /hubs/classroom. UseAuthentication and UseAuthorization must run before.</summary>
    public static IEndpointRouteBuilder MapSignaling(this IEndpointRouteBuilder app)
    {
        AccountEndpoints.Map(app);
        LessonEndpoints.Map(app);
        AttendanceEndpoints.Map(app);
        NoteEndpoints.Map(app);
        RubricEndpoints.Map(app);
        DocumentEndpoints.Map(app);
        JoinEndpoints.Map(app);
        PreparedQuestionEndpoints.Map(app);
        AnswersEndpoints.Map(app);
        PictureEndpoint.Map(app);
        TodayEndpoints.Map(app);
        StationEndpoints.Map(app);
        LinkTestEndpoints.Map(app);
        PickerEndpoints.Map(app);
        AdminEndpoints.Map(app);
        SourceEndpoints.Map(app);
        DiagnosticsEndpoints.Map(app);
        WhipEndpoints.Map(app);
        app.MapHub<ClassroomHub>("/hubs/classroom");
        return app;
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddSingleton<Passwords>();
        services.AddSingleton<AttemptLimits>();
        services.AddSingleton<FirstAdministrator>();
        services.AddHostedService(provider => provider.GetRequiredService<FirstAdministrator>());
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(CookieAuthenticationDefaults.AuthenticationScheme, AccountCookie.Configure)
            .AddScheme<AuthenticationSchemeOptions, JoinTokenHandler>(JoinTokenHandler.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(AccountEndpoints.SignedInPolicy, policy => policy.RequireAuthenticatedUser())
            .SetFallbackPolicy(FallbackPolicy());

        // Cookies survive a restart: their keys lie beside the token key.
        services.AddDataProtection().SetApplicationName("classroom");
        services.AddSingleton<IConfigureOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>>(provider =>
            new ConfigureOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>(options =>
                options.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(
                    SecretFile.CreateFolder(Path.Combine(provider.GetRequiredService<IOptions<SignalingOptions>>().Value.SecretsFolder, "cookies")),
                    provider.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>())));
    }

    // Deny by default; a password that must be changed shuts everything else.
    private static AuthorizationPolicy FallbackPolicy() => new AuthorizationPolicyBuilder(CookieAuthenticationDefaults.AuthenticationScheme)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => !context.User.HasClaim(AccountCookie.MustChangeClaim, "1"))
        .Build();

    private static void AddLessons(IServiceCollection services)
    {
        services.AddSingleton(provider => new JoinTokens(provider.GetRequiredService<IOptions<SignalingOptions>>().Value.SecretsFolder, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<TurnCredentials>();
        services.AddSingleton<Pins>();
        services.AddSingleton<KnowledgePointsOf>();
        services.AddSingleton<Roster>();
        services.AddSingleton<StationPresence>();
        services.AddSingleton<StationTimetable>();
        services.AddSingleton<LinkTestGate>();
        services.AddSingleton<LessonCards>();
        services.AddSingleton<LessonRoster>();
        services.AddSingleton<AnswerPictures>();
        services.AddSingleton<PushedFiles>();
        services.AddSingleton<AnswersReader>();
        services.AddScoped<PreparedQuestions>();
        services.AddScoped<LessonPlanning>();
        services.AddScoped<LessonDetails>();
        services.AddScoped<LessonDocuments>();
        services.AddSingleton<DocumentSource>();
        services.AddScoped<JoinTickets>();
        services.AddScoped<AttendanceReader>();
        services.AddSingleton<Rubrics>();
        services.AddSingleton<NoteStore>();
        services.AddSingleton<WhipDoor>();

        // In this order: the rooms are open again before anything reports into them or asks for them.
        AddHosted<LessonRooms>(services);
        AddHosted<MediaBridge>(services);
        AddHosted<WhipSessions>(services);
        AddHosted<LessonClock>(services);
        AddHosted<RecordingAlarm>(services);
        services.AddSingleton<SourceVault>();
        services.AddSingleton<SourceProbe>();
        AddHosted<SourceService>(services);
        services.AddSingleton<ISourceMetrics>(provider => provider.GetRequiredService<SourceService>());
        services.AddSingleton<IRecordingAlarm>(provider => provider.GetRequiredService<RecordingAlarm>());
    }

    private static void AddHub(IServiceCollection services)
    {
        services.AddSingleton<HubEntrance>();
        services.AddSignalR(options =>
            {
                options.MaximumReceiveMessageSize = LargestHubMessage;
                options.AddFilter<RefusalFilter>();
            })
            .AddJsonProtocol(options => Describe(options.PayloadSerializerOptions));

        // Takes the place of the plain JSON protocol: the resolver keeps the last of a name.
        services.AddSingleton<IHubProtocol, JoinFirstProtocol>();
    }

    private static void AddHosted<T>(IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    private static void Describe(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new JsonStringEnumConverter());
    }
}
