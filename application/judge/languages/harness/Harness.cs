// Reads the arguments of one call from standard input, calls the player's function, and writes what it returned to
// descriptor 3. Its own arguments are the limit on memory in MiB, the function, and the types of the parameters as a
// signature writes them; the input is in the format of judge/languages/tokens.py. Mono has no System.Text.Json, and its
// compiler not all of C# 7. The long name leaves the short ones to the player.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

internal static class CodemazeHarness
{
    private const int Stack = 64 << 20, Deepest = 60, Frames = 8, Longest = 4000;
    private const string Source = "solution.cs";

    private static readonly Encoding Utf8 = new UTF8Encoding(false);

    // Made beforehand: when memory is out there is none left to make it of.
    private static readonly byte[] NoMemory = Refusal("memory_limit", "The program ran out of memory.");

    private static int answered;

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    private static extern IntPtr Write(int descriptor, byte[] bytes, IntPtr size);

    // Ends everything at once: whatever threads and handlers the player's code has left.
    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void End(int code);

    private static void Main(string[] words)
    {
        var input = new MemoryStream();
        Console.OpenStandardInput().CopyTo(input);
        var printed = new Printed(Console.OpenStandardOutput());
        Console.SetOut(printed);
        Console.SetError(printed);
        Console.SetIn(TextReader.Null);
        Thread.CurrentThread.CurrentCulture = CultureInfo.InvariantCulture;
        Watch.Limit = long.Parse(words[0]) << 20;
        new Watch();
        // The stack of the first thread is only as large as the system has it.
        var thread = new Thread(() => Send(Answered(words.Skip(1).ToArray(), input.ToArray())), Stack);
        thread.Start();
        thread.Join();
    }

    private static void Send(byte[] answer)
    {
        if (Interlocked.Exchange(ref answered, 1) == 1) return;
        const int interrupted = 4;
        while (answer.Length > 0)
        {
            var written = (int)Write(3, answer, (IntPtr)answer.Length);
            if (written < 0 && Marshal.GetLastWin32Error() == interrupted) continue;
            if (written <= 0 || written == answer.Length) break;
            answer = answer.Skip(written).ToArray();
        }
        End(0);
    }

    // What the player prints, at once, as they see it up to where the program crashed; it does not close.
    private sealed class Printed : StreamWriter
    {
        internal Printed(Stream stream) : base(stream, Utf8)
        {
            AutoFlush = true;
        }

        public override void Close()
        {
        }
    }

    // Garbage that comes back, and so is told of each collection. Mono lets large objects fail with an exception, but
    // with no memory for small ones it breaks off in the middle: its own limit is set higher, and this one comes first.
    private sealed class Watch
    {
        internal static long Limit;

        ~Watch()
        {
            if (GC.GetTotalMemory(false) > Limit)
            {
                GC.Collect();
                if (GC.GetTotalMemory(false) > Limit) Send(NoMemory);
            }
            if (!Environment.HasShutdownStarted) new Watch();
        }
    }

    private static byte[] Answered(string[] words, byte[] input)
    {
        try
        {
            return Called(words[0], words.Skip(1).Select(Kind.Parse).ToArray(), input);
        }
        catch (Refused refused)
        {
            return Refusal(refused.Verdict, refused.What);
        }
        catch (Exception error)
        {
            return Failure(error);
        }
    }

    private static byte[] Called(string function, Kind[] kinds, byte[] text)
    {
        MethodInfo method = Find(function, kinds);
        var input = new Input(text);
        object[] values = method.GetParameters().Select((param, i) => input.Read(kinds[i], param.ParameterType)).ToArray();
        var written = new StringBuilder("{\"value\":");
        try
        {
            object self = method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType, true);
            Answer.Write(written, Caller(method)(self, values), 0);
        }
        catch (Refused refused)
        {
            throw new Refused(refused.Verdict, "value" + refused.Place + refused.What);
        }
        catch (MissingMethodException) when (!method.IsStatic)
        {
            throw new Refused("runtime_error", function + " is not static, and its class is not made without arguments.");
        }
        return Utf8.GetBytes(written.Append('}').ToString());
    }

    // Calls the method as code would: after MethodInfo.Invoke, Mono lets nobody catch a StackOverflowException.
    private static Func<object, object[], object> Caller(MethodInfo method)
    {
        Type[] takes = { typeof(object), typeof(object[]) };
        var caller = new DynamicMethod("call", typeof(object), takes, typeof(CodemazeHarness), true);
        ILGenerator code = caller.GetILGenerator();
        if (!method.IsStatic)
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(method.DeclaringType.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, method.DeclaringType);
        }
        ParameterInfo[] parameters = method.GetParameters();
        for (int i = 0; i < parameters.Length; i++)
        {
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldc_I4, i);
            code.Emit(OpCodes.Ldelem_Ref);
            code.Emit(OpCodes.Unbox_Any, parameters[i].ParameterType);
        }
        // Through a pointer, so that the method is not inlined, and its lines are found in traces.
        code.Emit(OpCodes.Ldftn, method);
        CallingConventions how = method.IsStatic ? CallingConventions.Standard : CallingConventions.HasThis;
        Type[] types = parameters.Select(param => param.ParameterType).ToArray();
        code.EmitCalli(OpCodes.Calli, how, method.ReturnType, types, null);
        if (method.ReturnType == typeof(void)) code.Emit(OpCodes.Ldnull);
        else if (method.ReturnType.IsValueType) code.Emit(OpCodes.Box, method.ReturnType);
        code.Emit(OpCodes.Ret);
        return (Func<object, object[], object>)caller.CreateDelegate(typeof(Func<object, object[], object>));
    }

    // The method to call: of those with the name, the one that takes such arguments.
    private static MethodInfo Find(string function, Kind[] kinds)
    {
        const BindingFlags any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
            | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        Type owner = Assembly.GetExecutingAssembly().GetTypes().FirstOrDefault(type => type.Name == "Solution");
        if (owner == null || owner.ContainsGenericParameters)
            throw new Refused("runtime_error", "The program defines no function " + function + " in a class Solution.");
        MethodInfo[] named = owner.GetMethods(any).Where(method => method.Name == function).ToArray();
        if (named.Length == 0) throw new Refused("runtime_error", "The program defines no function " + function + ".");
        foreach (MethodInfo method in named.Where(method => !method.ContainsGenericParameters))
        {
            Type[] types = method.GetParameters().Select(param => param.ParameterType).ToArray();
            if (types.Length == kinds.Length && !types.Where((type, i) => !Input.Takes(kinds[i], type)).Any())
                return method;
        }
        string expected = string.Join(", ", kinds.Select(kind => kind.Text));
        throw new Refused("runtime_error", function + " does not take the arguments of the problem: " + expected + ".");
    }

    private static byte[] Refusal(string verdict, string message)
    {
        StringBuilder written = new StringBuilder("{\"verdict\":\"").Append(verdict).Append("\",\"message\":");
        Answer.Text(written, message.Length > Longest ? message.Substring(0, Longest) : message);
        return Utf8.GetBytes(written.Append('}').ToString());
    }

    // What the player is told of an error: itself, and the lines of their own code that led to it.
    private static byte[] Failure(Exception error)
    {
        try
        {
            while (error is TargetInvocationException || error is TypeInitializationException)
            {
                if (error.InnerException == null) break;
                error = error.InnerException;
            }
            if (error is OutOfMemoryException) return NoMemory;
            var told = new StringBuilder(error.GetType().FullName).Append(": ").Append(error.Message);
            if (told.Length > Longest / 2) told.Length = Longest / 2;
            IEnumerable<StackFrame> frames = new StackTrace(error, true).GetFrames() ?? new StackFrame[0];
            foreach (StackFrame frame in frames.Where(frame => Path.GetFileName(frame.GetFileName()) == Source).Take(Frames))
            {
                MethodBase method = frame.GetMethod();
                told.Append("\n  at ").Append(method.DeclaringType).Append('.').Append(method.Name);
                told.Append('(').Append(Source).Append(':').Append(frame.GetFileLineNumber()).Append(')');
            }
            return Refusal("runtime_error", told.ToString());
        }
        catch (OutOfMemoryException)
        {
            return NoMemory;
        }
        catch (Exception) // from the player's own exception class
        {
            return Refusal("runtime_error", error.GetType().FullName);
        }
    }

    // An answer that is not a value. Place grows on the way out of nested values: "value" + "[2]" + " is nan".
    private sealed class Refused : Exception
    {
        internal static readonly string Deep = " nests deeper than " + Deepest + " levels, or contains itself";

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
    private sealed class Kind
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
    private sealed class Input
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
            return Utf8.GetString(text, at - size - 1, size);
        }
    }

    // Writes a value as JSON, in ASCII.
    private static class Answer
    {
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
}
