using System.Security.Cryptography;
using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Questions;

/// <summary>
/// Photos of exercise books. A photo's id is the hash of its bytes: one that is sent again takes no second place, and the id
/// tells nobody whose it is.
/// </summary>
internal sealed class AnswerPictures(ILessonFiles files)
{
    /// <summary>As long as a page may show it before it asks for another link.</summary>
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(15);

    public static bool IsId(string? id) => id is { Length: 64 } && id.All(char.IsAsciiHexDigitLower);

    /// <summary>Stores a cleaned JPEG and answers with it; a retry with the same key changes nothing.</summary>
    public async Task<Ack> AnswerAsync(LessonRoom room, string who, string key, string questionId, ReadOnlyMemory<byte> jpeg, CancellationToken cancellationToken)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(jpeg.Span));
        using var content = new MemoryStream(jpeg.ToArray(), writable: false);
        await files.SaveAsync(room.Id, FolderOf(id), content, LessonFileTypes.Picture, jpeg.Length, cancellationToken);
        return await room.Questions.AnswerWithPictureAsync(who, key, questionId, id);
    }

    public string Link(string lessonId, string pictureId) => files.LinkTo(lessonId, $"{FolderOf(pictureId)}/original.jpg", LinkLifetime);

    private static string FolderOf(string pictureId) => $"answers/{pictureId}";
}
