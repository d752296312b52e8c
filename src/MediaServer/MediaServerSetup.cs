using Classroom.MediaServer.Loops;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Classroom.MediaServer;

/// <summary>Adds the media plane to an application.</summary>
public static class MediaServerSetup
{
    /// <summary>Registers <see cref="IMediaServer"/> and <see cref="IMediaMetrics"/>; the UDP port is bound when the host starts.</summary>
    public static IServiceCollection AddMediaServer(this IServiceCollection services, Action<MediaOptions> configure)
    {
        services.AddOptions<MediaOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MediaLoops>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaLoops>());
        services.AddSingleton<MediaServer>();
        services.AddSingleton<IMediaServer>(provider => provider.GetRequiredService<MediaServer>());
        services.AddSingleton<IMediaMetrics>(provider => provider.GetRequiredService<MediaServer>());
        return services;
    }
}
