using System.CommandLine;
using Classroom.Server.Commands;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();

var root = new RootCommand("Classroom: online lessons between schools, recorded and turned into micro-courses.")
{
    TokenCommand.Create(configuration),
    HealthCheckCommand.Create(configuration),
};
root.SetAction((_, cancellationToken) => RunCommand.RunAsync(configuration, cancellationToken));

// The host ends itself on SIGTERM and Ctrl-C, with time to finish captures.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
