// Reads the arguments of one call from standard input, calls the player's function, and writes what it returned to
// descriptor 3. Its own arguments are the limit on memory in MiB, the player's assembly, the function, and the types of
// the parameters as a signature writes them; the input is in the format of judge/languages/tokens.py. Mono has no
// System.Text.Json, and its compiler not all of C# 7.
//
// It is compiled without the player's code, whose names are those of another assembly.

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

internal static class Harness
{
    private const int Stack = 64 << 20, Frames = 8;
    private const string Source = "solution.cs";

    // Made beforehand: when memory is out there is none left to make it of.
    private static readonly byte[] NoMemory = Answer.Refusal("memory_limit", "The program ran out of memory.");

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
        var thread = new Thread(() =>
        {
            try
            {
                Send(Answered(words.Skip(1).ToArray(), input.ToArray()));
            }
            catch (Exception) // from ourselves, whom the player's code has changed
            {
                End(1);
            }
        }, Stack);
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
        internal Printed(Stream stream) : base(stream, Answer.Utf8)
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
            return Called(words[0], words[1], words.Skip(2).Select(Kind.Parse).ToArray(), input);
        }
        catch (Refused refused)
        {
            return Answer.Refusal(refused.Verdict, refused.What);
        }
        catch (Exception error)
        {
            return Failure(error);
        }
    }

    private static byte[] Called(string assembly, string function, Kind[] kinds, byte[] text)
    {
        MethodInfo method = Find(Assembly.LoadFrom(assembly), function, kinds);
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
            throw new Refused("runtime_error",
                function + " is not static, and " + method.DeclaringType.Name + " is not made without arguments.");
        }
        return Answer.Utf8.GetBytes(written.Append('}').ToString());
    }

    // Calls the method as code would: after MethodInfo.Invoke, Mono lets nobody catch a StackOverflowException.
    private static Func<object, object[], object> Caller(MethodInfo method)
    {
        Type[] takes = { typeof(object), typeof(object[]) };
        var caller = new DynamicMethod("call", typeof(object), takes, typeof(Harness), true);
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

    // The method to call: of those with the name, the first that takes such arguments. The class Solution comes first,
    // but any other will do.
    private static MethodInfo Find(Assembly assembly, string function, Kind[] kinds)
    {
        const BindingFlags any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
            | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        MethodInfo[] methods = assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
            .OrderBy(type => type.Name != "Solution").ThenBy(type => type.IsNested)
            .SelectMany(type => type.GetMethods(any)).Where(method => !method.IsAbstract).ToArray();
        MethodInfo[] named = methods.Where(method => method.Name == function).ToArray();
        foreach (MethodInfo method in named.Where(method => !method.ContainsGenericParameters))
        {
            Type[] types = method.GetParameters().Select(param => param.ParameterType).ToArray();
            if (types.Length == kinds.Length && !types.Where((type, i) => !Input.Takes(kinds[i], type)).Any())
                return method;
        }
        if (named.Length == 0)
            throw new Refused("runtime_error", "The program defines no function " + function + "." + Hint(methods, function));
        string expected = string.Join(", ", kinds.Select(kind => kind.Text));
        throw new Refused("runtime_error", function + " does not take the arguments of the problem: " + expected + ".");
    }

    // What may stand in the way.
    private static string Hint(MethodInfo[] methods, string function)
    {
        Func<string, string> bare = name => name.Replace("_", "").ToLowerInvariant();
        MethodInfo like = methods.FirstOrDefault(method => bare(method.Name) == bare(function));
        if (like != null) return " It has " + like.Name + ", which is another name.";
        if (methods.All(method => method.Name != "Main")) return "";
        return " Its Main is not called: " + function + " is, and what it returns is the answer.";
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
            if (told.Length > Answer.Longest / 2) told.Length = Answer.Longest / 2;
            IEnumerable<StackFrame> frames = new StackTrace(error, true).GetFrames() ?? new StackFrame[0];
            foreach (StackFrame frame in frames.Where(frame => Path.GetFileName(frame.GetFileName()) == Source).Take(Frames))
            {
                MethodBase method = frame.GetMethod();
                told.Append("\n  at ").Append(method.DeclaringType).Append('.').Append(method.Name);
                told.Append('(').Append(Source).Append(':').Append(frame.GetFileLineNumber()).Append(')');
            }
            return Answer.Refusal("runtime_error", told.ToString());
        }
        catch (OutOfMemoryException)
        {
            return NoMemory;
        }
        catch (Exception) // from the player's own exception class
        {
            return Answer.Refusal("runtime_error", error.GetType().FullName);
        }
    }
}
