namespace Classroom.Recorder.Documents;

/// <summary>A document cannot be shown.</summary>
/// <param name="code">bad_pdf, pdf_password, pdf_too_long, pdf_too_heavy, bad_picture; pages translate it.</param>
internal sealed class DocumentException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
