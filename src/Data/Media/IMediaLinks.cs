namespace Classroom.Data;

/// <summary>Makes the only links under which media of minors can be fetched: signed, expiring, for one prefix of the store.</summary>
public interface IMediaLinks
{
    /// <param name="prefix">Everything below it may be fetched, for example "courses/{id}/{rendition}/".</param>
    /// <param name="lifetime">After it the link answers 403.</param>
    /// <returns>A path to which object names below the prefix are appended, for example "/media/{ticket}/".</returns>
    string Issue(string prefix, TimeSpan lifetime);
}
