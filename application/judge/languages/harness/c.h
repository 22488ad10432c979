// Reads the arguments of one call from standard input and writes what the player's function returned to descriptor 3.
// The format of the input is described in judge/languages/tokens.py. Only the generated main.c includes this, behind
// types.h: the player's file is compiled by itself and never sees it.
#pragma once

#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// --- sending

static void codemaze_send(const char *text, size_t size) {
  while (size > 0) {
    const ssize_t sent = write(3, text, size);
    if (sent <= 0) break;
    text += sent;
    size -= sent;
  }
}

// Ends the program with a verdict. Neither word may hold what JSON escapes. Exit handlers have nothing to add.
static _Noreturn void codemaze_refuse(const char *verdict, const char *message) {
  static char answer[1024];
  snprintf(answer, sizeof answer, "{\"verdict\":\"%s\",\"message\":\"%s\"}", verdict, message);
  codemaze_send(answer, strlen(answer));
  _exit(0);
}

// --- memory: the linker sends every call of malloc, calloc and realloc here (--wrap), to tell when there is none left

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);

static void *codemaze_given(void *memory, size_t size) {
  if (memory == NULL && size > 0) {
    fflush(stdout);
    codemaze_refuse("memory_limit", "The program ran out of memory.");
  }
  return memory;
}

void *__wrap_malloc(size_t size) { return codemaze_given(__real_malloc(size), size); }

void *__wrap_calloc(size_t count, size_t size) { return codemaze_given(__real_calloc(count, size), count && size); }

void *__wrap_realloc(void *old, size_t size) { return codemaze_given(__real_realloc(old, size), size); }

// Never NULL, so that an empty list is as usable as any.
static void *codemaze_items(size_t count, size_t size) { return calloc(count ? count : 1, size); }

// --- crashes

static char *codemaze_stack_top;

static void codemaze_crashed(int number, siginfo_t *info, void *context) {
  (void)context;
  const char *message = "The program called abort().";
  if (number == SIGFPE) {
    message = "Arithmetic error: an integer was divided by zero, or its quotient has no room.";
  } else if (number == SIGILL || number == SIGTRAP) {
    message = "The program reached code that cannot be run.";
  } else if (number == SIGSEGV || number == SIGBUS) {
    // Nothing else of the program lies within a gigabyte below the stack.
    const char *at = info->si_addr;
    message = at < codemaze_stack_top && codemaze_stack_top - at < 1 << 30
                  ? "Stack overflow: the recursion went too deep, or a local array is too large."
                  : "Segmentation fault: the program used memory that is not its own.";
  }
  fflush(stdout);
  codemaze_refuse("runtime_error", message);
}

static void codemaze_watch(void) {
  static char own_stack[65536];
  sigaltstack(&(stack_t){.ss_sp = own_stack, .ss_size = sizeof own_stack}, NULL);
  struct sigaction action = {.sa_sigaction = codemaze_crashed, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND};
  const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
}

// --- arguments

static char *codemaze_input;

static void codemaze_read_all(void) {
  size_t size = 0, room = 65536;
  char *text = malloc(room);
  for (ssize_t more; (more = read(0, text + size, room - size - 1)) > 0;) {
    size += more;
    if (room - size < 32768) text = realloc(text, room *= 2);
  }
  text[size] = 0;
  codemaze_input = text;
}

static long long codemaze_read_Int(void) {
  const long long found = strtoll(codemaze_input, &codemaze_input, 10);
  codemaze_input++;
  return found;
}

static double codemaze_read_Float(void) {
  const double found = strtod(codemaze_input, &codemaze_input);
  codemaze_input++;
  return found;
}

static bool codemaze_read_Bool(void) { return codemaze_read_Int() == 1; }

static String codemaze_read_String(void) {
  String found = {.length = codemaze_read_Int()};
  found.text = codemaze_items(found.length + 1, 1);
  memcpy(found.text, codemaze_input, found.length);
  codemaze_input += found.length + 1;
  return found;
}

// --- the answer, as JSON

static struct {
  char *text;
  size_t size, room;
} codemaze_out;

static void codemaze_put(const char *text, size_t size) {
  if (codemaze_out.room - codemaze_out.size < size) {
    codemaze_out.room = codemaze_out.room * 2 + size + 4096;
    codemaze_out.text = realloc(codemaze_out.text, codemaze_out.room);
  }
  memcpy(codemaze_out.text + codemaze_out.size, text, size);
  codemaze_out.size += size;
}

static void codemaze_word(const char *text) { codemaze_put(text, strlen(text)); }

// Where in the value we are: a map's key, or a list's index.
static struct {
  const String *key;
  size_t index;
} codemaze_place[32];
static size_t codemaze_depth;

static void codemaze_write_String(String value) {
  codemaze_word("\"");
  for (size_t i = 0; i < value.length; i++) {
    const unsigned char c = value.text[i];
    char text[8] = {'\\', c};
    if (c < 0x20) snprintf(text, sizeof text, "\\u%04x", c);
    if (c < 0x20 || c == '"' || c == '\\') {
      codemaze_word(text);
    } else {
      codemaze_put((const char *)&value.text[i], 1);
    }
  }
  codemaze_word("\"");
}

// Ends the program: "value[2] is nan, not a finite number".
static _Noreturn void codemaze_not_finite(double value) {
  String place = {codemaze_items(4001, 1), 0};
  place.length = snprintf(place.text, 4000, "value");
  for (size_t i = 0; i < codemaze_depth && place.length < 3500; i++) {
    char *end = place.text + place.length;
    const String *key = codemaze_place[i].key;
    place.length += key ? snprintf(end, 400, "[\"%.200s\"]", key->text)
                        : snprintf(end, 400, "[%zu]", codemaze_place[i].index);
  }
  const char *name = isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
  place.length += snprintf(place.text + place.length, 100, " is %s, not a finite number", name);
  codemaze_out.size = 0;
  codemaze_word("{\"verdict\":\"wrong_answer\",\"message\":");
  codemaze_write_String(place);
  codemaze_word("}");
  fflush(NULL);
  codemaze_send(codemaze_out.text, codemaze_out.size);
  _exit(0);
}

static void codemaze_write_Int(long long value) {
  char text[32];
  codemaze_put(text, snprintf(text, sizeof text, "%lld", value));
}

static void codemaze_write_Float(double value) {
  if (!isfinite(value)) codemaze_not_finite(value);
  char text[40];
  snprintf(text, sizeof text, "%.17g", value);
  codemaze_word(text);
  if (strpbrk(text, ".e") == NULL) codemaze_word(".0");
}

static void codemaze_write_Bool(bool value) { codemaze_word(value ? "true" : "false"); }

// --- the types of one signature, each named as in types.h

#define CODEMAZE_LIST(List, Item)                                                        \
  static List codemaze_read_##List(void) {                                               \
    List found = {.length = codemaze_read_Int()};                                        \
    found.items = codemaze_items(found.length, sizeof *found.items);                     \
    for (size_t i = 0; i < found.length; i++) found.items[i] = codemaze_read_##Item();   \
    return found;                                                                        \
  }                                                                                      \
  static void codemaze_write_##List(List value) {                                        \
    codemaze_word("[");                                                                  \
    const size_t depth = codemaze_depth++;                                               \
    for (size_t i = 0; i < value.length; i++) {                                          \
      if (i) codemaze_word(",");                                                         \
      codemaze_place[depth].key = NULL;                                                  \
      codemaze_place[depth].index = i;                                                   \
      codemaze_write_##Item(value.items[i]);                                             \
    }                                                                                    \
    codemaze_depth = depth;                                                              \
    codemaze_word("]");                                                                  \
  }

#define CODEMAZE_MAP(Map, Item)                                          \
  static Map codemaze_read_##Map(void) {                                 \
    Map found = {.length = codemaze_read_Int()};                         \
    found.entries = codemaze_items(found.length, sizeof *found.entries); \
    for (size_t i = 0; i < found.length; i++) {                          \
      found.entries[i].key = codemaze_read_String();                     \
      found.entries[i].value = codemaze_read_##Item();                   \
    }                                                                    \
    return found;                                                        \
  }                                                                      \
  static void codemaze_write_##Map(Map value) {                          \
    codemaze_word("{");                                                  \
    const size_t depth = codemaze_depth++;                               \
    for (size_t i = 0; i < value.length; i++) {                          \
      if (i) codemaze_word(",");                                         \
      codemaze_place[depth].key = &value.entries[i].key;                 \
      codemaze_write_String(value.entries[i].key);                       \
      codemaze_word(":");                                                \
      codemaze_write_##Item(value.entries[i].value);                     \
    }                                                                    \
    codemaze_depth = depth;                                              \
    codemaze_word("}");                                                  \
  }

#define CODEMAZE_OPTIONAL(Optional, Item)                           \
  static Optional codemaze_read_##Optional(void) {                  \
    Optional found = {.present = codemaze_read_Bool()};             \
    if (found.present) found.value = codemaze_read_##Item();        \
    return found;                                                   \
  }                                                                 \
  static void codemaze_write_##Optional(Optional value) {           \
    if (value.present) {                                            \
      codemaze_write_##Item(value.value);                           \
    } else {                                                        \
      codemaze_word("null");                                        \
    }                                                               \
  }

// --- one call

static void codemaze_start(char *stack_top) {
  codemaze_stack_top = stack_top;
  // By lines, so that a crash loses little of what was printed.
  setvbuf(stdout, NULL, _IOLBF, 65536);
  codemaze_read_all();
  codemaze_word("{\"value\":");
  codemaze_watch();
}

static int codemaze_finish(void) {
  codemaze_word("}");
  fflush(NULL);
  codemaze_send(codemaze_out.text, codemaze_out.size);
  _exit(0);
}
