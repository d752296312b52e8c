using System.Diagnostics;

namespace Classroom.TestKit.Swift;

/// <summary>The files under /etc/swift: one device, one copy, the smallest pipeline that speaks S3.</summary>
internal static class SwiftConfiguration
{
    private static readonly string[] Storages = ["account", "container", "object"];

    public static void Write(string folder, int[] ports)
    {
        var etc = Directory.CreateDirectory(Path.Combine(folder, "etc")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "devices", "d1"));
        File.WriteAllText(Path.Combine(etc, "swift.conf"), "[swift-hash]\nswift_hash_path_suffix = classroom\nswift_hash_path_prefix = classroom\n");
        foreach (var (part, port) in Storages.Zip(ports))
        {
            File.WriteAllText(Path.Combine(etc, part + ".conf"), Storage(folder, part, port));
        }

        File.WriteAllText(Path.Combine(etc, "proxy.conf"), Proxy(ports[^1]));
        BuildRings(etc, ports);
    }

    private static string Storage(string folder, string part, int port) => $"""
        [DEFAULT]
        bind_ip = 127.0.0.1
        bind_port = {port}
        workers = 0
        user = {Environment.UserName}
        devices = {folder}/devices
        mount_check = false
        [pipeline:main]
        pipeline = {part}-server
        [app:{part}-server]
        use = egg:swift#{part}
        """;

    private static string Proxy(int port) => $"""
        [DEFAULT]
        bind_ip = 127.0.0.1
        bind_port = {port}
        workers = 0
        user = {Environment.UserName}
        [pipeline:main]
        pipeline = catch_errors gatekeeper healthcheck cache s3api tempauth bulk slo proxy-server
        [app:proxy-server]
        use = egg:swift#proxy
        account_autocreate = true
        allow_account_management = true
        [filter:catch_errors]
        use = egg:swift#catch_errors
        [filter:gatekeeper]
        use = egg:swift#gatekeeper
        [filter:healthcheck]
        use = egg:swift#healthcheck
        [filter:cache]
        use = egg:swift#memcache
        memcache_servers = 127.0.0.1:1
        [filter:s3api]
        use = egg:swift#s3api
        s3_acl = false
        min_segment_size = 5242880
        [filter:tempauth]
        use = egg:swift#tempauth
        user_test_tester = testing .admin
        [filter:bulk]
        use = egg:swift#bulk
        [filter:slo]
        use = egg:swift#slo
        """;

    private static void BuildRings(string etc, int[] ports)
    {
        var script = $"""
            from swift.common.ring import RingBuilder
            for name, port in (('account', {ports[0]}), ('container', {ports[1]}), ('object', {ports[2]})):
                ring = RingBuilder(4, 1, 1)
                ring.add_dev(dict(id=0, region=1, zone=1, ip='127.0.0.1', port=port, device='d1', weight=1, meta='', replication_ip='127.0.0.1', replication_port=port))
                ring.rebalance()
                ring.get_ring().save('{etc}/' + name + '.ring.gz')
            """;
        var info = new ProcessStartInfo("/usr/bin/python3") { UseShellExecute = false, RedirectStandardError = true };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add(script);
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("Swift's rings could not be built: " + error);
        }
    }
}
