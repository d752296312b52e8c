using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Classroom.Contracts;

/// <summary>Turns records into interfaces, enums into string unions, and hub interfaces into method signatures.</summary>
internal sealed class TypeScriptWriter
{
    private readonly SortedDictionary<string, string> _written = new(StringComparer.Ordinal);
    private readonly NullabilityInfoContext _nullability = new();

    public string Write(IEnumerable<Type> types)
    {
        foreach (var type in types)
        {
            Add(type);
        }

        var text = new StringBuilder("// Generated from the C# contracts by `make contracts`. Do not edit.\n");
        foreach (var declaration in _written.Values)
        {
            text.Append('\n').Append(declaration);
        }

        return text.ToString();
    }

    private void Add(Type type)
    {
        if (_written.ContainsKey(type.Name) || (type.IsAbstract && type.IsSealed))
        {
            return;
        }

        _written[type.Name] = ""; // Reserves the name, so that a type that names itself does not recurse.
        _written[type.Name] = type switch
        {
            { IsEnum: true } => $"export type {type.Name} = {string.Join(" | ", Enum.GetNames(type).Select(name => $"'{name}'"))};\n",
            { IsInterface: true } => Interface(type),
            _ => Record(type),
        };
    }

    private string Record(Type type)
    {
        var text = new StringBuilder($"export interface {type.Name} {{\n");
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            var nullability = _nullability.Create(property);
            var name = nullability.ElementType is { ReadState: NullabilityState.Nullable } && !property.PropertyType.GetElementType()!.IsValueType
                ? $"({Name(property.PropertyType.GetElementType()!)} | null)[]"
                : Name(property.PropertyType);
            text.Append($"  {Camel(property.Name)}: {name}{(nullability.ReadState == NullabilityState.Nullable ? " | null" : "")};\n");
        }

        return text.Append("}\n").ToString();
    }

    private string Interface(Type type)
    {
        var text = new StringBuilder($"export interface {type.Name} {{\n");
        foreach (var method in type.GetMethods())
        {
            var parameters = method.GetParameters().Select(parameter =>
                $"{Camel(parameter.Name!)}: {Name(parameter.ParameterType)}{(_nullability.Create(parameter).ReadState == NullabilityState.Nullable ? " | null" : "")}");
            text.Append($"  {method.Name}({string.Join(", ", parameters)}): {Name(method.ReturnType)};\n");
        }

        return text.Append("}\n").ToString();
    }

    private string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Name(inner);
        }

        if (type == typeof(Task))
        {
            return "Promise<void>";
        }

        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments();
            return type.GetGenericTypeDefinition() == typeof(Task<>) ? $"Promise<{Name(arguments[0])}>"
                : arguments.Length == 2 ? $"Record<string, {Name(arguments[1])}>"
                : Name(arguments[0]) + "[]";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (Primitive(type) is { } primitive)
        {
            return primitive;
        }

        Add(type);
        return type.Name;
    }

    private static string? Primitive(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => null,
        TypeCode.String or TypeCode.DateTime => "string",
        TypeCode.Boolean => "boolean",
        TypeCode.Int32 or TypeCode.Int64 or TypeCode.Double => "number",
        _ when type == typeof(DateOnly) => "string",
        _ => type == typeof(JsonElement) ? "any" : null,
    };

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
