using System.ComponentModel.DataAnnotations;

namespace Classroom.Library;

/// <summary>Limits of the micro-course library.</summary>
public sealed class LibraryOptions
{
    /// <summary>The longest film that one micro-course may become.</summary>
    /// <value>Minutes, 1 to 600; default 60, so that a whole lesson (课堂实录) fits.</value>
    [Range(1, 600)] public int LongestCourseMinutes { get; set; } = 60;

    /// <summary>How long the links of one play session open the film. Players renew them in time.</summary>
    /// <value>Minutes, 5 to 720; default 120.</value>
    [Range(5, 720)] public int PlayMinutes { get; set; } = 120;

    /// <summary>Where public pages are, for the addresses that they tell others.</summary>
    /// <value>For example https://class.example.cn, without a slash at its end; default empty: as the page was asked for.</value>
    public string PublicUrl { get; set; } = "";

    /// <summary>Learning record store to which xAPI statements go.</summary>
    /// <value>Its address, to which "statements" is appended, for example https://lrs.example.cn/xapi/; default null: none are written.</value>
    public Uri? XapiEndpoint { get; set; }

    /// <summary>User name at that store (HTTP Basic).</summary>
    public string XapiKey { get; set; } = "";

    /// <summary>Password at that store.</summary>
    public string XapiSecret { get; set; } = "";

    /// <summary>What pseudonyms are made with; whoever has it not cannot tell whose they are.</summary>
    /// <value>32 random bytes; needed with <see cref="XapiEndpoint"/>.</value>
    public byte[] PseudonymKey { get; set; } = [];

    /// <summary>How many levels approve before a course is published: school; school and district; school, district and city.</summary>
    /// <value>1 to 3; default 1.</value>
    [Range(1, 3)] public int ReviewLevels { get; set; } = 1;
}
