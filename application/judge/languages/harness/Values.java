// What goes into the player's function and what comes out of it: arguments in the format of judge/languages/tokens.py,
// answers in JSON.
package codemaze.judge;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

// A type of a signature: "int", or "list", "map" and "optional" of another.
record Kind(String text, String name, Kind of) {
  static Kind parse(String text) {
    int open = text.indexOf('<');
    if (open < 0) return new Kind(text, text, null);
    String inside = text.substring(open + 1, text.length() - 1);
    if (text.startsWith("map")) inside = inside.substring(inside.indexOf(',') + 1);
    return new Kind(text, text.substring(0, open), parse(inside));
  }
}

// An answer that is not a value. `place` grows on the way out of nested values: "value" + "[2]" + " is nan".
final class Refused extends RuntimeException {
  static final String DEEP = " nests deeper than " + Answer.DEEPEST + " levels, or contains itself";

  final String verdict, what;
  String place = "";

  Refused(String verdict, String what) {
    super(null, null, false, false);
    this.verdict = verdict;
    this.what = what;
  }

  Refused within(Object key) {
    if (what != DEEP) place = "[" + key + "]" + place; // sixty brackets would say no more
    return this;
  }
}

// Reads arguments into whatever the player's parameters are: lists as List or as arrays, ints as long or as int.
final class Input {
  final byte[] text;
  int at = 0;

  Input(byte[] text) {
    this.text = text;
  }

  static Class<?> raw(Type type) {
    if (type instanceof Class<?> plain) return plain;
    if (type instanceof ParameterizedType generic) return raw(generic.getRawType());
    if (type instanceof GenericArrayType array) return raw(array.getGenericComponentType()).arrayType();
    if (type instanceof WildcardType wildcard) return raw(wildcard.getUpperBounds()[0]);
    return raw(((TypeVariable<?>) type).getBounds()[0]);
  }

  // What a parameter is a list or map of.
  static Type of(Type type, int index) {
    if (type instanceof GenericArrayType array) return array.getGenericComponentType();
    if (type instanceof Class<?> plain && plain.isArray()) return plain.getComponentType();
    if (type instanceof WildcardType wildcard) return of(wildcard.getUpperBounds()[0], index);
    return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : Object.class;
  }

  static boolean takes(Kind kind, Type type) {
    Class<?> target = raw(type);
    switch (kind.name()) {
      case "int":
        return target == long.class || target == int.class || target == Integer.class
            || target.isAssignableFrom(Long.class);
      case "float":
        return target == double.class || target.isAssignableFrom(Double.class);
      case "bool":
        return target == boolean.class || target.isAssignableFrom(Boolean.class);
      case "string":
        return target.isAssignableFrom(String.class);
      case "optional":
        return !target.isPrimitive() && takes(kind.of(), type);
      case "list":
        return (target.isArray() || target.isAssignableFrom(ArrayList.class)) && takes(kind.of(), of(type, 0));
      default:
        return target.isAssignableFrom(LinkedHashMap.class)
            && raw(of(type, 0)).isAssignableFrom(String.class)
            && takes(kind.of(), of(type, 1));
    }
  }

  Object read(Kind kind, Type type) {
    switch (kind.name()) {
      case "int":
        Class<?> target = raw(type);
        return target == int.class || target == Integer.class ? (Object) narrow(whole()) : (Object) whole();
      case "float":
        return Double.parseDouble(line());
      case "bool":
        return whole() == 1;
      case "string":
        return string();
      case "optional":
        return whole() == 0 ? null : read(kind.of(), type);
      case "list":
        int size = (int) whole();
        Type item = of(type, 0);
        if (raw(type).isArray()) {
          Object array = Array.newInstance(raw(type).getComponentType(), size);
          for (int i = 0; i < size; i++) Array.set(array, i, read(kind.of(), item));
          return array;
        }
        List<Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) list.add(read(kind.of(), item));
        return list;
      default:
        Map<String, Object> map = new LinkedHashMap<>();
        for (long left = whole(); left > 0; left--) {
          String key = string();
          map.put(key, read(kind.of(), of(type, 1)));
        }
        return map;
    }
  }

  static Integer narrow(long value) {
    if (value == (int) value) return (int) value;
    throw new Refused("runtime_error", "An argument is " + value + ", which an int does not hold. Take a long.");
  }

  String line() {
    int start = at;
    while (text[at] != '\n') at++;
    return new String(text, start, at++ - start, StandardCharsets.US_ASCII);
  }

  long whole() {
    boolean negative = text[at] == '-';
    if (negative) at++;
    long value = 0;
    while (text[at] != '\n') value = value * 10 + text[at++] - '0';
    at++;
    return negative ? -value : value;
  }

  String string() {
    int size = (int) whole();
    at += size + 1;
    return new String(text, at - size - 1, size, StandardCharsets.UTF_8);
  }
}

// Writes a value as JSON, in ASCII.
final class Answer {
  static final int DEEPEST = 60, LONGEST = 4000;

  static byte[] refusal(String verdict, String message) {
    StringBuilder out = new StringBuilder("{\"verdict\":\"").append(verdict).append("\",\"message\":");
    string(out, message.length() > LONGEST ? message.substring(0, LONGEST) : message);
    return out.append('}').toString().getBytes(StandardCharsets.US_ASCII);
  }


  static void write(StringBuilder out, Object value, int depth) {
    if (depth > DEEPEST) throw new Refused("wrong_answer", Refused.DEEP);
    if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer
        || value instanceof Short || value instanceof Byte || value instanceof BigInteger) {
      out.append(value);
    } else if (value instanceof Double || value instanceof Float) {
      number(out, ((Number) value).doubleValue());
    } else if (value instanceof String text) {
      string(out, text);
    } else if (value instanceof List<?> list) {
      char before = '[';
      int index = 0;
      for (Object item : list) {
        out.append(before);
        item(out, item, depth, index++);
        before = ',';
      }
      out.append(before == '[' ? "[]" : "]");
    } else if (value.getClass().isArray()) {
      out.append('[');
      for (int i = 0; i < Array.getLength(value); i++) {
        if (i > 0) out.append(',');
        item(out, Array.get(value, i), depth, i);
      }
      out.append(']');
    } else if (value instanceof Map<?, ?> map) {
      char before = '{';
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getKey() instanceof String key)) {
          throw new Refused("wrong_answer", " has a key that is " + named(entry.getKey()) + ", not a string");
        }
        string(out.append(before), key);
        item(out.append(':'), entry.getValue(), depth, key);
        before = ',';
      }
      out.append(before == '{' ? "{}" : "}");
    } else {
      throw new Refused("wrong_answer", " is " + named(value) + ", which no answer has");
    }
  }

  static void item(StringBuilder out, Object value, int depth, Object key) {
    try {
      write(out, value, depth + 1);
    } catch (Refused refused) {
      throw refused.within(key instanceof String ? "\"" + key + "\"" : key);
    }
  }

  static String named(Object value) {
    if (value == null) return "null";
    String name = value.getClass().getSimpleName();
    if (name.isEmpty()) name = value.getClass().getName();
    return ("AEIOU".indexOf(Character.toUpperCase(name.charAt(0))) < 0 ? "a " : "an ") + name;
  }

  static void number(StringBuilder out, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      String name = Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
      throw new Refused("wrong_answer", " is " + name + ", not a finite number");
    }
    out.append(value);
  }

  static void string(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        out.append(c);
      } else {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) out.append(Character.forDigit(c >> shift & 15, 16));
      }
    }
    out.append('"');
  }
}
