using System.Text;

namespace Classroom.Recorder.Tests.Documents;

/// <summary>Writes small PDFs byte by byte (ISO 32000-1 §7.5), good ones and bad ones.</summary>
internal static class TestPdf
{
    /// <param name="pages">Of each page its width, height, rotation and text.</param>
    public static byte[] Of(params (double Width, double Height, int Turn, string Text)[] pages)
    {
        List<string> objects = ["<< /Type /Catalog /Pages 2 0 R >>", $"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.Select((_, i) => $"{4 + (i * 2)} 0 R"))}] >>", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"];
        foreach (var (width, height, turn, text) in pages)
        {
            var content = $"1 0 0 rg 0 0 {width / 2} {height} re f BT /F1 40 Tf 50 {height - 80} Td ({text}) Tj ET";
            objects.Add(FormattableString.Invariant($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {turn} /Resources << /Font << /F1 3 0 R >> >> /Contents {objects.Count + 2} 0 R >>"));
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        return Write(objects);
    }

    /// <summary>A page that unfolds: forms that draw the one below them ten times each, so that drawing it would take for ever.</summary>
    public static byte[] Bomb()
    {
        const int Levels = 10;
        List<string> objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>", "<< /Length 5 >>\nstream\n/X Do\nendstream"];
        for (var level = 0; level < Levels; level++)
        {
            var isLast = level == Levels - 1;
            var content = isLast ? "0 0 99 99 re f" : string.Concat(Enumerable.Repeat("/X Do ", 10));
            var resources = isLast ? "" : $"/Resources << /XObject << /X {objects.Count + 2} 0 R >> >>";
            objects.Add($"<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] {resources} /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        return Write(objects);
    }

    private static byte[] Write(IReadOnlyList<string> objects)
    {
        var text = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var index = 0; index < objects.Count; index++)
        {
            offsets.Add(text.Length);
            text.Append($"{index + 1} 0 obj\n{objects[index]}\nendobj\n");
        }

        var xref = text.Length;
        text.Append($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => text.Append($"{offset:0000000000} 00000 n \n"));
        text.Append($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
