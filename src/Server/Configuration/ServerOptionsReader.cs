using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Classroom.Server.Configuration;

/// <summary>Reads <see cref="ServerOptions"/> from configuration and reports every error at once.</summary>
internal static class ServerOptionsReader
{
    private const string Prefix = "CLASSROOM_";

    /// <summary>Keys of the build and the tests, which the server itself does not read.</summary>
    private static readonly string[] s_foreignKeys = ["CLASSROOM_SKIP_WEBCLIENT"];

    /// <summary>Every key with the property it sets.</summary>
    public static IReadOnlyDictionary<string, PropertyInfo> Keys { get; } = typeof(ServerOptions).GetProperties()
        .Where(property => property.IsDefined(typeof(EnvironmentKeyAttribute)))
        .ToDictionary(property => property.GetCustomAttribute<EnvironmentKeyAttribute>()!.Name, StringComparer.Ordinal);

    /// <exception cref="InvalidOptionsException">Something is wrong; the message names every key and what it wants.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        var options = new ServerOptions();
        var errors = new List<string>();
        foreach (var (key, property) in Keys)
        {
            if (configuration[key] is { Length: > 0 } text)
            {
                Set(options, key, property, text.Trim(), errors);
            }
        }

        errors.AddRange(ServerOptionsRules.Check(options));
        if (errors.Count > 0)
        {
            throw new InvalidOptionsException(errors);
        }

        options.DataFolder = Path.GetFullPath(options.DataFolder);
        options.SpoolFolder = Path.GetFullPath(options.SpoolFolder ?? Path.Combine(options.DataFolder, "spool"));
        options.StoreFolder = Path.GetFullPath(options.StoreFolder ?? Path.Combine(options.DataFolder, "store"));
        return options;
    }

    /// <summary>Keys that look like ours and that nothing reads: most likely a typing error.</summary>
    public static IEnumerable<string> UnknownKeys(IConfiguration configuration) => configuration.AsEnumerable()
        .Select(pair => pair.Key)
        .Where(key => key.StartsWith(Prefix, StringComparison.Ordinal) && !Keys.ContainsKey(key) && !s_foreignKeys.Contains(key));

    private static void Set(ServerOptions options, string key, PropertyInfo property, string text, List<string> errors)
    {
        if (!TryParse(text, property.PropertyType, out var value))
        {
            errors.Add($"{key}: '{Shown(property, text)}' is not {Wanted(property.PropertyType)}.");
            return;
        }

        property.SetValue(options, value);
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>().Where(rule => !rule.IsValid(value)))
        {
            errors.Add(rule is RangeAttribute range
                ? $"{key}: {text} is outside {range.Minimum} to {range.Maximum}."
                : $"{key}: a value is required.");
        }
    }

    private static string Shown(PropertyInfo property, string text) =>
        property.GetCustomAttribute<EnvironmentKeyAttribute>()!.IsSecret ? "(hidden)" : text;

    private static bool TryParse(string text, Type type, out object? value)
    {
        value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(string[]) => Split(text),
            _ when type == typeof(bool) => ParseSwitch(text),
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(Uri) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null,
            _ when type == typeof(ServerRoles) => ParseRoles(text),
            _ => Enum.TryParse(type, text, ignoreCase: true, out var member) && Enum.IsDefined(type, member) ? member : null,
        };
        return value is not null;
    }

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static object? ParseSwitch(string text) => text.ToUpperInvariant() switch
    {
        "1" or "TRUE" or "YES" or "ON" => true,
        "0" or "FALSE" or "NO" or "OFF" => false,
        _ => null,
    };

    private static object? ParseRoles(string text)
    {
        var roles = ServerRoles.None;
        foreach (var name in Split(text))
        {
            if (int.TryParse(name, CultureInfo.InvariantCulture, out _) || !Enum.TryParse<ServerRoles>(name, ignoreCase: true, out var role))
            {
                return null;
            }

            roles |= role;
        }

        return roles;
    }

    private static string Wanted(Type type) => type switch
    {
        _ when type == typeof(bool) => "0 or 1",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(Uri) => "an http or https URL",
        _ when type == typeof(ServerRoles) => "a list of web, media, worker, or all",
        _ => $"one of {string.Join(", ", type.IsEnum ? Enum.GetNames(type) : [type.Name])}",
    };
}
