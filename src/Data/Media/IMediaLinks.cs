namespace Classroom.Data;

/// <summary>Makes the only links under which media of minors can be fetched: signed, expiring, for one prefix of the store.</summary>
public interface IMediaLinks
{
    /// <param name="prefix">Everything below it may be fetched, for example "courses/{id}/{rendition}/".</param>
    /// <param name="lifetime">After it the link answers 403.</param>
    /// <returns>A path to which object names below the prefix are appended, for example "/media/{ticket}/".</returns>
    string Issue(string prefix, TimeSpan lifetime);

    /// <summary>A link for one object alone, so that a cover on a card does not open the film beside it.</summary>
    /// <param name="key">The object, for example "courses/{id}/{rendition}/cover.jpg".</param>
    /// <returns>The whole path, for example "/media/{ticket}/cover.jpg".</returns>
    string IssueFile(string key, TimeSpan lifetime);
}
