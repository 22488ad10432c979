# frozen_string_literal: true

# Makes one call: reads the player's code, the function's name and the arguments as JSON from standard input, and writes
# what was returned to descriptor 3.
require "json"

# A function at the top of the player's file is a method of every object, so nothing is called without a receiver here,
# and what a program may well redefine is taken beforehand.
module Codemaze
  FILE = "solution.rb"
  DEPTH = 60
  FRAMES = 8
  MESSAGE = 4000
  ESCAPES = Hash.new { |escapes, char| escapes[char] = Kernel.format("\\u%04x", char.ord) }
  ESCAPES.update('"' => '\\"', "\\" => "\\\\")
  CLASS = Kernel.instance_method(:class)
  METHOD = Kernel.instance_method(:method)
  EACH = Array.instance_method(:each)
  EACH_PAIR = Hash.instance_method(:each_pair)
  NAME = Module.instance_method(:name)
  RESULT = IO.for_fd(3, "wb")

  # A value that is no answer; the message says why.
  class Refused < StandardError; end

  # --- the answer, as JSON

  # Appends `value` to `out`; `path` is the keys that lead to it.
  def self.write(out, value, path)
    Kernel.raise Refused, "value nests deeper than #{DEPTH} levels, or contains itself" if path.size > DEPTH
    case value
    when Integer then out << value.to_s
    when String then Codemaze.string(out, value)
    when Array then Codemaze.list(out, value, path)
    when Hash then Codemaze.map(out, value, path)
    when NilClass then out << "null"
    when TrueClass then out << "true"
    when FalseClass then out << "false"
    when Float
      unless value.finite?
        name = value.nan? ? "nan" : value.positive? ? "inf" : "-inf"
        Kernel.raise Refused, "#{Codemaze.place(path)} is #{name}, not a finite number"
      end
      out << value.to_s
    else
      Kernel.raise Refused, "#{Codemaze.place(path)} is #{Codemaze.kind(value)}, which no answer has"
    end
  end

  def self.list(out, items, path)
    out << "["
    path.push(0)
    index = 0
    EACH.bind_call(items) do |item|
      out << "," if index > 0
      path[-1] = index
      Codemaze.write(out, item, path)
      index += 1
    end
    path.pop
    out << "]"
  end

  def self.map(out, entries, path)
    out << "{"
    path.push(nil)
    first = true
    EACH_PAIR.bind_call(entries) do |key, item|
      unless String === key
        path.pop
        Kernel.raise Refused, "#{Codemaze.place(path)} has a key that is #{Codemaze.kind(key)}, not a string"
      end
      out << "," unless first
      first = false
      path[-1] = key
      Codemaze.string(out, key)
      out << ":"
      Codemaze.write(out, item, path)
    end
    path.pop
    out << "}"
  end

  def self.string(out, text)
    text = if [Encoding::UTF_8, Encoding::US_ASCII, Encoding::BINARY].include?(text.encoding)
             text.dup.force_encoding(Encoding::UTF_8)
           else
             text.encode(Encoding::UTF_8, invalid: :replace, undef: :replace)
           end
    out << '"' << text.scrub.gsub(/["\\\x00-\x1f]/, ESCAPES) << '"'
  end

  def self.place(path)
    path.reduce(String.new("value")) do |place, key|
      place << (Integer === key ? "[#{key}]" : '["') << (Integer === key ? "" : "#{key.scrub}\"]")
    end
  end

  def self.kind(value)
    return "nil" if NilClass === value

    name = NAME.bind_call(CLASS.bind_call(value)) || "object without a class name"
    "#{"AEIOUaeiou".include?(name[0]) ? "an" : "a"} #{name}"
  end

  # --- one call

  def self.answer(text)
    STDOUT.flush
    RESULT.write(text)
    RESULT.flush
    # Threads and exit handlers of the player's code have nothing to add.
    Process.exit!(0)
  end

  def self.refuse(verdict, message)
    answer = String.new('{"verdict":', encoding: Encoding::UTF_8)
    Codemaze.string(answer, verdict)
    answer << ',"message":'
    Codemaze.string(answer, message)
    Codemaze.answer(answer << "}")
  end

  # An exception's message, and where in the player's file it came from.
  def self.told(error)
    message = begin
      error.message.to_s
    rescue Exception # a message of the player's own making
      ""
    end
    frames = (error.backtrace || []).select { |frame| frame.start_with?("#{FILE}:") }.first(FRAMES)
    frames = frames.map { |frame| "\n  #{frame.sub("in `", "in '").sub("<compiled>", "<main>")}" }
    "#{message[0, MESSAGE]} (#{NAME.bind_call(CLASS.bind_call(error))})#{frames.join}"[0, MESSAGE]
  end

  def self.compiled(code)
    RubyVM::InstructionSequence.compile(code, FILE, FILE)
  rescue SyntaxError => error
    Codemaze.refuse("compile_error", error.message[0, MESSAGE])
  end

  # The player's function; Kernel's own ones are not meant.
  def self.function(name)
    found = METHOD.bind_call(TOPLEVEL_BINDING.receiver, name)
    found unless Kernel == found.owner
  rescue NameError
    nil
  end

  def self.run
    request = JSON.parse(STDIN.read)
    program = Codemaze.compiled(request["code"])
    program.eval
    function = Codemaze.function(request["function"])
    Codemaze.refuse("runtime_error", "The program defines no function #{request["function"]}.") unless function
    answer = String.new('{"value":', encoding: Encoding::UTF_8)
    Codemaze.write(answer, function.call(*request["args"]), [])
    Codemaze.answer(answer << "}")
  rescue SystemExit => left
    Process.exit!(left.status)
  rescue Refused => refused
    Codemaze.refuse("wrong_answer", refused.message)
  rescue NoMemoryError
    Codemaze.refuse("memory_limit", "The program ran out of memory.")
  rescue Exception => error # whatever it is, it was the player's
    Codemaze.refuse("runtime_error", Codemaze.told(error))
  end
end

# What was printed before a program is killed is not lost; the same modules are found on every machine.
STDOUT.sync = true
$LOAD_PATH.reject! { |folder| folder.match?(/site_ruby|vendor_ruby/) }
Codemaze.run
