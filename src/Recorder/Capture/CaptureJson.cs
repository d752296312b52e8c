using System.Text.Encodings.Web;
using System.Text.Json;

namespace Classroom.Recorder.Capture;

internal static class CaptureJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
