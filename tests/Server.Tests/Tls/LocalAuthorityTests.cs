using System.Security.Cryptography.X509Certificates;
using Classroom.Server.Tls;
using Classroom.TestKit;

namespace Classroom.Server.Tests.Tls;

public sealed class LocalAuthorityTests : IDisposable
{
    private static readonly string[] s_names = ["localhost", "10.0.0.5", "class.example.cn"];

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("classroom-tls-").FullName, "secrets");
    private readonly ManualTime _time = new(DateTimeOffset.UtcNow);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Theory, InlineData("localhost"), InlineData("10.0.0.5"), InlineData("class.example.cn")]
    public void The_certificate_holds_for_every_name(string name)
    {
        using var certificate = Authority().Certificate(s_names);
        Assert.True(certificate.MatchesHostname(name));
        Assert.False(certificate.MatchesHostname("other.example.cn"));
    }

    [Fact]
    public void A_device_that_trusts_the_root_trusts_the_certificate()
    {
        using var certificate = Authority().Certificate(s_names);
        using var root = X509CertificateLoader.LoadCertificateFromFile(Authority().RootFile);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(certificate), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
    }

    [Fact]
    public void The_same_certificate_is_used_again_after_a_restart()
    {
        using var first = Authority().Certificate(s_names);
        using var second = Authority().Certificate(["10.0.0.5", "localhost"]);
        Assert.Equal(first.Thumbprint, second.Thumbprint);
    }

    [Fact]
    public void A_new_name_makes_a_new_certificate_of_the_same_root()
    {
        using var first = Authority().Certificate(s_names);
        var root = File.ReadAllText(Authority().RootFile);
        using var second = Authority().Certificate([.. s_names, "10.0.0.6"]);
        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
        Assert.Equal(root, File.ReadAllText(Authority().RootFile));
    }

    [Fact]
    public void A_certificate_is_renewed_two_months_before_it_expires()
    {
        using var first = Authority().Certificate(s_names);
        _time.Advance(TimeSpan.FromDays(820 - 59));
        using var second = Authority().Certificate(s_names);
        Assert.True(second.NotAfter > first.NotAfter);
    }

    [Fact]
    public void Only_the_owner_can_read_the_keys()
    {

        using var certificate = Authority().Certificate(s_names);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Mode(_folder));
        Assert.All(Directory.GetFiles(_folder, "*.key"), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(file)));
        Assert.Equal(2, Directory.GetFiles(_folder, "*.key").Length);
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private LocalAuthority Authority() => new(_folder, _time);
}
