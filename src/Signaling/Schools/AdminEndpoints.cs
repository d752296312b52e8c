using Microsoft.AspNetCore.Routing;
namespace Classroom.Signaling.Schools;
internal static class AdminEndpoints { public static void Map(IEndpointRouteBuilder app) { _ = app; } }
