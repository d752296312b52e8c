using Classroom.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Classroom.Server.Tests.Configuration;

public sealed class ServerOptionsReaderTests
{
    [Fact]
    public void Without_any_key_everything_has_its_default()
    {
        var options = Read();
        Assert.Equal(ServerRoles.All, options.Roles);
        Assert.Equal(8080, options.HttpPort);
        Assert.Equal(8443, options.HttpsPort);
        Assert.Equal(5004, options.MediaPort);
        Assert.True(options.Demo);
        Assert.False(options.AdhocLessons);
        Assert.Equal(Path.Combine(options.DataFolder, "spool"), options.SpoolFolder);
    }

    [Fact]
    public void An_empty_value_is_no_value()
    {
        Assert.Equal(8080, Read(("CLASSROOM_HTTP_PORT", "")).HttpPort);
    }

    [Fact]
    public void Lists_are_split_at_commas()
    {
        Assert.Equal(["10.0.0.5", "fd00::5"], Read(("CLASSROOM_PUBLIC_IP", "10.0.0.5, fd00::5")).PublicAddresses);
    }

    [Theory]
    [InlineData("1", true), InlineData("true", true), InlineData("0", false), InlineData("off", false)]
    public void Switches_take_the_usual_words(string word, bool expected)
    {
        Assert.Equal(expected, Read(("CLASSROOM_DEMO", word)).Demo);
    }

    [Fact]
    public void Roles_are_a_list()
    {
        var options = Read(("CLASSROOM_ROLES", "web,media"), ("CLASSROOM_DATABASE", "Host=db"));
        Assert.Equal(ServerRoles.Web | ServerRoles.Media, options.Roles);
    }

    [Theory]
    [InlineData("CLASSROOM_HTTP_PORT", "70000", "CLASSROOM_HTTP_PORT: 70000 is outside 0 to 65535.")]
    [InlineData("CLASSROOM_HTTP_PORT", "web", "CLASSROOM_HTTP_PORT: 'web' is not a whole number.")]
    [InlineData("CLASSROOM_WORKERS", "0", "CLASSROOM_WORKERS: 0 is outside 1 to 64.")]
    [InlineData("CLASSROOM_DEMO", "maybe", "CLASSROOM_DEMO: 'maybe' is not 0 or 1.")]
    [InlineData("CLASSROOM_PUBLIC_URL", "class.example.cn", "CLASSROOM_PUBLIC_URL: 'class.example.cn' is not an http or https URL.")]
    [InlineData("CLASSROOM_PUBLIC_IP", "10.0.0.5,0.0.0.0", "CLASSROOM_PUBLIC_IP: nobody can reach '0.0.0.0': give the address that browsers send to.")]
    [InlineData("CLASSROOM_PUBLIC_IP", "::", "CLASSROOM_PUBLIC_IP: nobody can reach '::': give the address that browsers send to.")]
    [InlineData("CLASSROOM_PUBLIC_IP", "fe80::1", "CLASSROOM_PUBLIC_IP: nobody can reach 'fe80::1': give the address that browsers send to.")]
    [InlineData("CLASSROOM_PUBLIC_IP", "::ffff:10.0.0.5", "CLASSROOM_PUBLIC_IP: nobody can reach '::ffff:10.0.0.5': give the address that browsers send to.")]
    [InlineData("CLASSROOM_PUBLIC_IP", "239.1.1.1", "CLASSROOM_PUBLIC_IP: nobody can reach '239.1.1.1': give the address that browsers send to.")]
    [InlineData("CLASSROOM_PUBLIC_IP", "example.cn", "CLASSROOM_PUBLIC_IP: 'example.cn' is not an IP address.")]
    [InlineData("CLASSROOM_ROLES", "web,cook", "CLASSROOM_ROLES: 'web,cook' is not a list of web, media, worker, or all.")]
    [InlineData("CLASSROOM_ROLES", "4x", "CLASSROOM_ROLES: '4x' is not a list of web, media, worker, or all.")]
    [InlineData("CLASSROOM_ROLES", "web", "CLASSROOM_ROLES: web and media must be in the same process for now.")]
    [InlineData("CLASSROOM_ROLES", "worker", "CLASSROOM_DATABASE: PostgreSQL is required when the roles are split over processes.")]
    [InlineData("CLASSROOM_TIME_ZONE", "Mars/Olympus", "CLASSROOM_TIME_ZONE: this machine does not know 'Mars/Olympus' (package tzdata).")]
    [InlineData("CLASSROOM_TLS_CERT", "/nowhere.pem", "CLASSROOM_TLS_CERT: there is no file '/nowhere.pem'.")]
    [InlineData("CLASSROOM_S3_ENDPOINT", "http://127.0.0.1:9000", "CLASSROOM_S3_SECRET_KEY: required with CLASSROOM_S3_ENDPOINT.")]
    [InlineData("CLASSROOM_TURN_URLS", "turn:10.0.0.5", "CLASSROOM_TURN_SECRET: required with CLASSROOM_TURN_URLS.")]
    [InlineData("CLASSROOM_XAPI_ENDPOINT", "https://lrs.example.cn/xapi", "CLASSROOM_XAPI_SECRET: required with CLASSROOM_XAPI_ENDPOINT.")]
    [InlineData("CLASSROOM_TURN_URLS", "10.0.0.5", "CLASSROOM_TURN_URLS: '10.0.0.5' does not start with turn: or turns:.")]
    [InlineData("CLASSROOM_HTTPS_PORT", "8080", "CLASSROOM_HTTP_PORT and CLASSROOM_HTTPS_PORT: must differ.")]
    [InlineData("CLASSROOM_LOG_LEVEL", "Loud", "CLASSROOM_LOG_LEVEL: 'Loud' is not one of Trace, Debug, Information, Warning, Error, Critical, None.")]
    public void A_wrong_value_is_refused_with_its_key_and_what_it_wants(string key, string value, string message)
    {
        var error = Assert.Throws<InvalidOptionsException>(() => Read((key, value)));
        Assert.Contains(message, error.Errors);
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var error = Assert.Throws<InvalidOptionsException>(() => Read(("CLASSROOM_HTTP_PORT", "x"), ("CLASSROOM_WORKERS", "99"), ("CLASSROOM_DEMO", "?")));
        Assert.Equal(3, error.Errors.Count);
    }

    [Fact]
    public void A_key_that_nothing_reads_is_found()
    {
        var configuration = Configure(("CLASSROOM_HTTP_PROT", "80"), ("CLASSROOM_HTTP_PORT", "80"), ("PATH", "/bin"));
        Assert.Equal(["CLASSROOM_HTTP_PROT"], ServerOptionsReader.UnknownKeys(configuration));
    }

    private static ServerOptions Read(params (string Key, string Value)[] values) => ServerOptionsReader.Read(Configure(values));

    private static IConfiguration Configure(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value))).Build();
}
