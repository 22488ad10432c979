// Package harness reads the arguments of one call from standard input and writes what the player's function returned to
// descriptor 3. The format of the input is described in judge/languages/tokens.py.
package harness

import (
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"reflect"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

// --- arguments

type input struct {
	text string
	at   int
}

func (in *input) line() string {
	size := strings.IndexByte(in.text[in.at:], '\n')
	found := in.text[in.at : in.at+size]
	in.at += size + 1
	return found
}

func (in *input) count() int {
	found, _ := strconv.Atoi(in.line())
	return found
}

func (in *input) bytes() string {
	size := in.count()
	found := in.text[in.at : in.at+size]
	in.at += size + 1
	return found
}

// read fills a value, which has the type that is next in the input.
func (in *input) read(value reflect.Value) {
	switch value.Kind() {
	case reflect.Int:
		value.SetInt(int64(in.count()))
	case reflect.Float64:
		found, _ := strconv.ParseFloat(in.line(), 64)
		value.SetFloat(found)
	case reflect.Bool:
		value.SetBool(in.line() == "1")
	case reflect.String:
		value.SetString(in.bytes())
	case reflect.Slice:
		length := in.count()
		value.Set(reflect.MakeSlice(value.Type(), length, length))
		for i := 0; i < length; i++ {
			in.read(value.Index(i))
		}
	case reflect.Map:
		length := in.count()
		value.Set(reflect.MakeMapWithSize(value.Type(), length))
		for i := 0; i < length; i++ {
			key := reflect.ValueOf(in.bytes())
			item := reflect.New(value.Type().Elem()).Elem()
			in.read(item)
			value.SetMapIndex(key, item)
		}
	case reflect.Ptr:
		if in.line() == "1" {
			value.Set(reflect.New(value.Type().Elem()))
			in.read(value.Elem())
		}
	}
}

// --- the answer, as JSON

// A place is where in the value something is: a list's index or a map's key, and what that is in.
type place struct {
	outer *place
	step  string
}

func (at *place) String() string {
	if at == nil {
		return "value"
	}
	return at.outer.String() + at.step
}

// A refused value is panicked with, and becomes the verdict wrong_answer.
type refused string

func appendString(out []byte, text string) []byte {
	const hex = "0123456789abcdef"
	out = append(out, '"')
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case c < 0x20:
			out = append(out, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}

func appendFloat(out []byte, value float64, at *place) []byte {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		name := strings.ToLower(strings.TrimPrefix(fmt.Sprint(value), "+"))
		panic(refused(at.String() + " is " + name + ", not a finite number"))
	}
	start := len(out)
	out = strconv.AppendFloat(out, value, 'g', -1, 64)
	if !strings.ContainsAny(string(out[start:]), ".e") {
		out = append(out, ".0"...)
	}
	return out
}

func appendValue(out []byte, value reflect.Value, at *place) []byte {
	switch value.Kind() {
	case reflect.Int:
		return strconv.AppendInt(out, value.Int(), 10)
	case reflect.Float64:
		return appendFloat(out, value.Float(), at)
	case reflect.Bool:
		return strconv.AppendBool(out, value.Bool())
	case reflect.String:
		return appendString(out, value.String())
	case reflect.Slice:
		out = append(out, '[')
		for i := 0; i < value.Len(); i++ {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendValue(out, value.Index(i), &place{at, "[" + strconv.Itoa(i) + "]"})
		}
		return append(out, ']')
	case reflect.Map:
		out = append(out, '{')
		for i, key := range value.MapKeys() {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(appendString(out, key.String()), ':')
			out = appendValue(out, value.MapIndex(key), &place{at, `["` + key.String() + `"]`})
		}
		return append(out, '}')
	}
	if value.IsNil() {
		return append(out, "null"...)
	}
	return appendValue(out, value.Elem(), at)
}

// --- fatal errors

// No program can recover from having no memory left, or from a panic of another goroutine: the runtime says so, piece by
// piece, and ends. This is where it lets one listen.
//
//go:linkname overrideWrite runtime.overrideWrite
var overrideWrite func(descriptor uintptr, text unsafe.Pointer, size int32) int32

const (
	nothing = iota
	fatalAnnounced
	panicAnnounced
	fatalTold
)

// As the runtime may be in any state, what follows allocates nothing and grows no stack.
var (
	fatalState int
	fatalTells [1024]byte
	fatalSize  int
)

//go:nosplit
func runtimeWrites(descriptor uintptr, text unsafe.Pointer, size int32) int32 {
	piece := unsafe.Slice((*byte)(text), size)
	switch {
	case fatalState == fatalAnnounced && names(piece, " memory"):
		tell(`{"verdict":"memory_limit","message":"The program ran out of `, piece[:0], `memory."}`)
		syscall.RawSyscall(syscall.SYS_EXIT_GROUP, 2, 0, 0)
	case fatalState == fatalAnnounced:
		tell(`{"verdict":"runtime_error","message":"fatal error: `, piece, `"}`)
	case fatalState == panicAnnounced:
		tell(`{"verdict":"runtime_error","message":"panic: `, piece, ` (in another goroutine)"}`)
	case fatalState == nothing && string(piece) == "fatal error: ":
		fatalState = fatalAnnounced
	case fatalState == nothing && string(piece) == "panic: ":
		fatalState = panicAnnounced
	}
	written, _, _ := syscall.RawSyscall(syscall.SYS_WRITE, descriptor, uintptr(text), uintptr(size))
	return int32(written)
}

//go:nosplit
func names(piece []byte, word string) bool {
	for i := 0; i+len(word) <= len(piece); i++ {
		if string(piece[i:i+len(word)]) == word {
			return true
		}
	}
	return false
}

//go:nosplit
func tell(before string, piece []byte, behind string) {
	fatalState = fatalTold
	for i := 0; i < len(before); i++ {
		add(before[i])
	}
	for i := 0; i < len(piece) && i < 800; i++ {
		if c := piece[i]; c < 0x20 || c == '"' || c == '\\' {
			add('\'')
		} else {
			add(c)
		}
	}
	for i := 0; i < len(behind); i++ {
		add(behind[i])
	}
	syscall.RawSyscall(syscall.SYS_WRITE, 3, uintptr(unsafe.Pointer(&fatalTells)), uintptr(fatalSize))
}

//go:nosplit
func add(c byte) {
	if fatalSize < len(fatalTells) {
		fatalTells[fatalSize] = c
		fatalSize++
	}
}

// --- one call

func refuse(verdict, message string) []byte {
	if len(message) > 4000 {
		message = strings.ToValidUTF8(message[:4000], "")
	}
	out := appendString([]byte(`{"verdict":`), verdict)
	return append(appendString(append(out, `,"message":`...), message), '}')
}

// frames names the player's own frames of the running panic, each on a line.
func frames() string {
	counters := make([]uintptr, 1000)
	counters = counters[:runtime.Callers(1, counters)]
	found, shown := "", 0
	for all := runtime.CallersFrames(counters); shown < 8; {
		frame, more := all.Next()
		if file := path.Base(frame.File); file == "solution.go" {
			found += "\n" + file + ":" + strconv.Itoa(frame.Line) + " in " + strings.TrimPrefix(frame.Function, "main.")
			shown++
		}
		if !more {
			break
		}
	}
	return found
}

func answer(function reflect.Value, arguments []reflect.Value) (out []byte) {
	defer func() {
		switch reason := recover().(type) {
		case nil:
		case refused:
			out = refuse("wrong_answer", string(reason))
		default:
			out = refuse("runtime_error", fmt.Sprint("panic: ", reason)+frames())
		}
	}()
	result := function.Call(arguments)[0]
	return append(appendValue([]byte(`{"value":`), result, nil), '}')
}

// Run calls the function with the arguments of the input, and answers. No goroutine's stack outgrows stackMiB.
func Run(function any, stackMiB int) {
	debug.SetMaxStack(stackMiB << 20)
	overrideWrite = runtimeWrites
	result := os.NewFile(3, "result")
	text, _ := io.ReadAll(os.Stdin)
	in := &input{text: string(text)}
	called := reflect.ValueOf(function)
	arguments := make([]reflect.Value, called.Type().NumIn())
	for i := range arguments {
		arguments[i] = reflect.New(called.Type().In(i)).Elem()
		in.read(arguments[i])
	}
	result.Write(answer(called, arguments))
	// What goroutines are left have nothing to add.
	os.Exit(0)
}
