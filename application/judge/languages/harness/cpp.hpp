// Reads the arguments of one call from standard input and writes what the player's function returned to descriptor 3.
// The format of the input is described in judge/languages/tokens.py.
#pragma once

#include <unistd.h>

#include <bits/stdc++.h>

namespace codemaze {

struct Refused {
  std::string verdict, message;
};

// --- arguments

class Input {
 public:
  Input() {
    char chunk[65536];
    for (ssize_t size; (size = read(0, chunk, sizeof chunk)) > 0;) text_.append(chunk, size);
  }

  std::string line() {
    const size_t end = text_.find('\n', at_);
    std::string found = text_.substr(at_, end - at_);
    at_ = end + 1;
    return found;
  }

  size_t count() { return std::stoull(line()); }

  std::string bytes(size_t size) {
    std::string found = text_.substr(at_, size);
    at_ += size + 1;
    return found;
  }

 private:
  std::string text_;
  size_t at_ = 0;
};

template <class T>
struct Read;

template <>
struct Read<long long> {
  static long long from(Input& input) { return std::stoll(input.line()); }
};
template <>
struct Read<double> {
  static double from(Input& input) { return std::strtod(input.line().c_str(), nullptr); }
};
template <>
struct Read<bool> {
  static bool from(Input& input) { return input.line() == "1"; }
};
template <>
struct Read<std::string> {
  static std::string from(Input& input) { return input.bytes(input.count()); }
};
template <class T>
struct Read<std::vector<T>> {
  static std::vector<T> from(Input& input) {
    std::vector<T> found;
    for (size_t left = input.count(); left > 0; left--) found.push_back(Read<T>::from(input));
    return found;
  }
};
template <class T>
struct Read<std::map<std::string, T>> {
  static std::map<std::string, T> from(Input& input) {
    std::map<std::string, T> found;
    for (size_t left = input.count(); left > 0; left--) {
      std::string key = Read<std::string>::from(input);
      found.insert_or_assign(std::move(key), Read<T>::from(input));
    }
    return found;
  }
};
template <class T>
struct Read<std::optional<T>> {
  static std::optional<T> from(Input& input) {
    if (input.line() == "0") return std::nullopt;
    return Read<T>::from(input);
  }
};

// --- the answer, as JSON

inline void write(std::string& out, long long value, const std::string&) { out += std::to_string(value); }

inline void write(std::string& out, double value, const std::string& place) {
  if (!std::isfinite(value)) {
    const char* name = std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
    throw Refused{"wrong_answer", place + " is " + name + ", not a finite number"};
  }
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", value);
  out += text;
  if (out.find_first_of(".e", out.size() - std::strlen(text)) == std::string::npos) out += ".0";
}

inline void write(std::string& out, bool value, const std::string&) { out += value ? "true" : "false"; }

inline void write(std::string& out, const std::string& value, const std::string&) {
  out += '"';
  for (const unsigned char c : value) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c < 0x20) {
      char text[8];
      std::snprintf(text, sizeof text, "\\u%04x", c);
      out += text;
    } else {
      out += c;
    }
  }
  out += '"';
}

template <class T>
void write(std::string& out, const std::vector<T>& value, const std::string& place);
template <class T>
void write(std::string& out, const std::map<std::string, T>& value, const std::string& place);

template <class T>
void write(std::string& out, const std::optional<T>& value, const std::string& place) {
  if (value) {
    write(out, *value, place);
  } else {
    out += "null";
  }
}

template <class T>
void write(std::string& out, const std::vector<T>& value, const std::string& place) {
  out += '[';
  for (size_t i = 0; i < value.size(); i++) {
    if (i) out += ',';
    const T& item = value[i];
    write(out, item, place + "[" + std::to_string(i) + "]");
  }
  out += ']';
}

template <class T>
void write(std::string& out, const std::map<std::string, T>& value, const std::string& place) {
  out += '{';
  bool first = true;
  for (const auto& [key, item] : value) {
    if (!first) out += ',';
    first = false;
    write(out, key, place);
    out += ':';
    write(out, item, place + "[\"" + key + "\"]");
  }
  out += '}';
}

// --- one call

inline void send(const std::string& answer) {
  for (size_t sent = 0; sent < answer.size();) {
    const ssize_t size = ::write(3, answer.data() + sent, answer.size() - sent);
    if (size <= 0) break;
    sent += size;
  }
}

inline void refuse(const std::string& verdict, const std::string& message) {
  std::string answer = "{\"verdict\":";
  write(answer, verdict, "");
  answer += ",\"message\":";
  write(answer, message, "");
  send(answer + "}");
}

// Calls `function`, and reports what came of it.
template <class Result, class Arguments, class Function>
int run(Function function) {
  // By lines, so that a crash loses none that was printed.
  std::setvbuf(stdout, nullptr, _IOLBF, 65536);
  try {
    Arguments arguments;
    Input input;
    std::apply(
        [&](auto&... given) { ((given = Read<std::decay_t<decltype(given)>>::from(input)), ...); }, arguments);
    std::string text = "{\"value\":";
    const Result value = std::apply(function, arguments);
    write(text, value, "value");
    text += "}";
    std::cout.flush();
    std::fflush(nullptr);
    send(text);
    return 0;
  } catch (const Refused& refused) {
    std::fflush(nullptr);
    refuse(refused.verdict, refused.message);
  } catch (const std::bad_alloc&) {
    refuse("memory_limit", "The program ran out of memory.");
  } catch (const std::exception& error) {
    refuse("runtime_error", std::string("An exception left the function: ") + error.what());
  } catch (...) {
    refuse("runtime_error", "Something that is no std::exception was thrown.");
  }
  // Destructors and exit handlers of the player's code have nothing to add.
  _exit(0);
}

}  // namespace codemaze

// The standard streams stay those of C, which are written out line by line.
extern "C" bool __wrap__ZNSt8ios_base15sync_with_stdioEb(bool) { return true; }
