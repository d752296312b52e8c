using Classroom.Server.Configuration;
using YamlDotNet.RepresentationModel;

namespace Classroom.Server.Tests.House;

/// <summary>No container engine runs where this is built, so what can be known without one is checked here.</summary>
public sealed class ComposeFileTests
{
    private static readonly YamlMappingNode s_services = (YamlMappingNode)Load()["services"];

    [Fact]
    public void It_names_the_server_its_database_its_object_store_and_its_relay()
    {
        Assert.Equal(["server", "postgres", "minio", "coturn"], s_services.Children.Keys.Select(key => key.ToString()));
    }

    [Fact]
    public void The_server_gets_exactly_the_keys_that_the_options_know()
    {
        var environment = (YamlMappingNode)s_services["server"]["environment"];
        Assert.Equal(
            ServerOptionsReader.Keys.Keys.Order(StringComparer.Ordinal),
            environment.Children.Keys.Select(key => key.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_secret_stands_in_it_as_plain_text()
    {
        var environment = (YamlMappingNode)s_services["server"]["environment"];
        foreach (var (key, value) in environment.Children)
        {
            var attribute = ServerOptionsReader.Keys[key.ToString()].GetCustomAttributes(typeof(EnvironmentKeyAttribute), inherit: false).Cast<EnvironmentKeyAttribute>().Single();
            Assert.True(!attribute.IsSecret || value.ToString().Contains("${", StringComparison.Ordinal), $"{key} is written out");
        }
    }

    [Fact]
    public void It_starts_without_demo_data()
    {
        Assert.Equal("${CLASSROOM_DEMO:-0}", s_services["server"]["environment"]["CLASSROOM_DEMO"].ToString());
    }

    [Fact]
    public void Media_uses_the_addresses_of_the_machine()
    {
        Assert.Equal("host", s_services["server"]["network_mode"].ToString());
    }

    [Fact]
    public void Every_image_comes_by_a_variable_with_a_pinned_default()
    {
        foreach (var (name, service) in s_services.Children)
        {
            Assert.Matches(@"^\$\{[A-Z_]+:-[^:]+:[^:}]*\d[^:}]*\}$", service["image"].ToString());
            Assert.False(service["image"].ToString().Contains("latest", StringComparison.Ordinal), name.ToString());
        }
    }

    private static YamlMappingNode Load()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read("docker-compose.yml")));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }
}
