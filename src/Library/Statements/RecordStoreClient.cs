using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace Classroom.Library.Statements;

/// <summary>What a learning record store says: it has them, it will never take them, or perhaps later.</summary>
internal enum StoreVerdict { Taken, Refused, Away }

/// <param name="Words">The store's, or what went wrong on the way there.</param>
/// <param name="RetryAfter">When the store wishes to be asked again.</param>
internal readonly record struct StoreAnswer(StoreVerdict Verdict, string Words, TimeSpan? RetryAfter = null);

/// <summary>The statements resource of a learning record store (xAPI 1.0.3, part 3, 2.1.2: many by one POST).</summary>
internal sealed class RecordStoreClient(IOptions<LibraryOptions> options) : IDisposable
{
    private const int MostWords = 500;

    /// <summary>From the first byte there to the last byte back.</summary>
    private static readonly TimeSpan LongestExchange = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    /// <param name="statements">Each a JSON object.</param>
    public async Task<StoreAnswer> PostAsync(IReadOnlyCollection<string> statements, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.Value.XapiEndpoint!.ToString().TrimEnd('/')}/statements");
        request.Content = new StringContent($"[{string.Join(',', statements)}]", Encoding.UTF8, "application/json");
        request.Headers.Add("X-Experience-API-Version", "1.0.3");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.XapiKey}:{options.Value.XapiSecret}")));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestExchange);
        try
        {
            using var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var verdict = Verdict(reply.StatusCode, statements.Count);
            var words = verdict is StoreVerdict.Taken ? "" : $"{(int)reply.StatusCode} {await WordsAsync(reply, limit.Token)}";
            return new StoreAnswer(verdict, words, reply.Headers.RetryAfter?.Delta);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new StoreAnswer(StoreVerdict.Away, error.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    // Wrong keys and a wrong address can be mended, so they are no verdict about a statement.
    private static StoreVerdict Verdict(HttpStatusCode status, int count) => status switch
    {
        HttpStatusCode.OK or HttpStatusCode.NoContent => StoreVerdict.Taken,

        // It has one of this id already, from a time when its answer was lost.
        HttpStatusCode.Conflict when count == 1 => StoreVerdict.Taken,
        HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity => StoreVerdict.Refused,
        _ => StoreVerdict.Away,
    };

    private static async Task<string> WordsAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
        var words = new char[MostWords];
        return new string(words, 0, await reader.ReadBlockAsync(words, cancellationToken)).ReplaceLineEndings(" ");
    }
}
