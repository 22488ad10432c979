// What goes into the player's function and what comes out of it: arguments in the format of judge/languages/tokens.py,
// answers in JSON.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;

// An answer that is not a value. Place grows on the way out of nested values: "value" + "[2]" + " is nan".
internal sealed class Refused : Exception
{
    internal static readonly string Deep = " nests deeper than " + Answer.Deepest + " levels, or contains itself";

    internal readonly string Verdict, What;
    internal string Place = "";

    internal Refused(string verdict, string what)
    {
        Verdict = verdict;
        What = what;
    }

    internal void Within(object key)
    {
        if (What != Deep) Place = "[" + key + "]" + Place; // sixty brackets would say no more
    }
}

// A type of a signature: "int", or "list", "map" and "optional" of another.
internal sealed class Kind
{
    internal readonly string Text, Name;
    internal readonly Kind Of;

    private Kind(string text, string name, Kind of)
    {
        Text = text;
        Name = name;
        Of = of;
    }

    internal static Kind Parse(string text)
    {
        int open = text.IndexOf('<');
        if (open < 0) return new Kind(text, text, null);
        string inside = text.Substring(open + 1, text.Length - open - 2);
        if (text.StartsWith("map")) inside = inside.Substring(inside.IndexOf(',') + 1);
        return new Kind(text, text.Substring(0, open), Parse(inside));
    }
}

// Reads arguments into whatever the player's parameters are: lists as List or as arrays, ints as long or as int.
internal sealed class Input
{
    private readonly byte[] text;
    private int at;

    internal Input(byte[] text)
    {
        this.text = text;
    }

    internal static bool Takes(Kind kind, Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        switch (kind.Name)
        {
            case "int":
                return bare == typeof(int) || bare.IsAssignableFrom(typeof(long));
            case "float":
                return bare.IsAssignableFrom(typeof(double));
            case "bool":
                return bare.IsAssignableFrom(typeof(bool));
            case "string":
                return bare.IsAssignableFrom(typeof(string));
            case "optional":
                return (bare != type || !type.IsValueType) && Takes(kind.Of, type);
            default: // a list or a map
                return type.IsAssignableFrom(Made(kind, type)) && Takes(kind.Of, Of(type));
        }
    }

    // What a parameter is a list or map of.
    private static Type Of(Type type)
    {
        if (type.IsArray) return type.GetElementType();
        return type.IsGenericType ? type.GetGenericArguments().Last() : typeof(object);
    }

    // What is made for a parameter that is a list or map.
    private static Type Made(Kind kind, Type type)
    {
        if (kind.Name == "map") return typeof(Dictionary<,>).MakeGenericType(typeof(string), Of(type));
        return type.IsArray ? Of(type).MakeArrayType() : typeof(List<>).MakeGenericType(Of(type));
    }

    internal object Read(Kind kind, Type type)
    {
        switch (kind.Name)
        {
            case "int":
                return (Nullable.GetUnderlyingType(type) ?? type) == typeof(int) ? Narrow(Whole()) : (object)Whole();
            case "float":
                return double.Parse(Line(), NumberStyles.Float, CultureInfo.InvariantCulture);
            case "bool":
                return Whole() == 1;
            case "string":
                return Text();
            case "optional":
                return Whole() == 0 ? null : Read(kind.Of, type);
            case "list":
                return List(kind.Of, type, (int)Whole());
            default:
                var map = (IDictionary)Activator.CreateInstance(Made(kind, type));
                for (long left = Whole(); left > 0; left--)
                {
                    string key = Text();
                    map[key] = Read(kind.Of, Of(type));
                }
                return map;
        }
    }

    private object List(Kind kind, Type type, int size)
    {
        Type item = Of(type);
        if (type.IsArray)
        {
            Array array = Array.CreateInstance(item, size);
            for (int i = 0; i < size; i++) array.SetValue(Read(kind, item), i);
            return array;
        }
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item), size);
        for (int i = 0; i < size; i++) list.Add(Read(kind, item));
        return list;
    }

    private static object Narrow(long value)
    {
        if (value == (int)value) return (int)value;
        throw new Refused("runtime_error", "An argument is " + value + ", which an int does not hold. Take a long.");
    }

    private string Line()
    {
        int start = at;
        while (text[at] != '\n') at++;
        return Encoding.ASCII.GetString(text, start, at++ - start);
    }

    private long Whole()
    {
        bool negative = text[at] == '-';
        if (negative) at++;
        long value = 0;
        for (; text[at] != '\n'; at++) value = value * 10 + text[at] - '0';
        at++;
        return negative ? -value : value;
    }

    private string Text()
    {
        int size = (int)Whole();
        at += size + 1;
        return Answer.Utf8.GetString(text, at - size - 1, size);
    }
}

// Writes a value as JSON, in ASCII.
internal static class Answer
{
    internal const int Deepest = 60, Longest = 4000;
    internal static readonly Encoding Utf8 = new UTF8Encoding(false);

    internal static byte[] Refusal(string verdict, string message)
    {
        StringBuilder written = new StringBuilder("{\"verdict\":\"").Append(verdict).Append("\",\"message\":");
        Text(written, message.Length > Longest ? message.Substring(0, Longest) : message);
        return Utf8.GetBytes(written.Append('}').ToString());
    }

    internal static void Write(StringBuilder written, object value, int depth)
    {
        if (depth > Deepest) throw new Refused("wrong_answer", Refused.Deep);
        if (value == null) written.Append("null");
        else if (value is bool) written.Append((bool)value ? "true" : "false");
        else if (value is double || value is float) Number(written, Convert.ToDouble(value));
        else if (value is BigInteger || Type.GetTypeCode(value.GetType()) >= TypeCode.SByte
            && Type.GetTypeCode(value.GetType()) <= TypeCode.UInt64 && !(value is Enum))
            written.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
        else if (value is string text) Text(written, text);
        else if (value is IDictionary map) Map(written, map, depth);
        else if (value is IList list && !(value is Array array && array.Rank > 1)) List(written, list, depth);
        else throw new Refused("wrong_answer", " is " + Named(value) + ", which no answer has");
    }

    private static void List(StringBuilder written, IList list, int depth)
    {
        written.Append('[');
        for (int i = 0; i < list.Count; i++)
        {
            if (i > 0) written.Append(',');
            Item(written, list[i], depth, i);
        }
        written.Append(']');
    }

    private static void Map(StringBuilder written, IDictionary map, int depth)
    {
        char before = '{';
        foreach (DictionaryEntry entry in map)
        {
            if (!(entry.Key is string key))
                throw new Refused("wrong_answer", " has a key that is " + Named(entry.Key) + ", not a string");
            Text(written.Append(before), key);
            before = ',';
            written.Append(':');
            Item(written, entry.Value, depth, "\"" + key + "\"");
        }
        written.Append(before == '{' ? "{}" : "}");
    }

    private static void Item(StringBuilder written, object value, int depth, object key)
    {
        try
        {
            Write(written, value, depth + 1);
        }
        catch (Refused refused)
        {
            refused.Within(key);
            throw;
        }
    }

    private static string Named(object value)
    {
        string name = value.GetType().Name.Split('`')[0];
        return ("AEIOU".IndexOf(char.ToUpperInvariant(name[0])) < 0 ? "a " : "an ") + name;
    }

    private static void Number(StringBuilder written, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            string name = double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
            throw new Refused("wrong_answer", " is " + name + ", not a finite number");
        }
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        written.Append(text.IndexOfAny(new[] { '.', 'E' }) < 0 ? text + ".0" : text);
    }

    internal static void Text(StringBuilder written, string value)
    {
        written.Append('"');
        foreach (char c in value)
        {
            if (c == '"' || c == '\\') written.Append('\\').Append(c);
            else if (c >= ' ' && c <= '~') written.Append(c);
            else written.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }
        written.Append('"');
    }
}
