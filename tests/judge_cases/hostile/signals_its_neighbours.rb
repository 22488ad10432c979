# expect: accepted kind: signals
require "fiddle"

INT, LONG = Fiddle::TYPE_INT, Fiddle::TYPE_LONG

def refused?
  yield == -1
rescue SystemCallError, ArgumentError
  true
end

def solve(n)
  syscall = Fiddle::Function.new(Fiddle::Handle::DEFAULT["syscall"], [LONG] * 4, LONG)
  own = Process.pid
  (-1..own + 20).each do |pid|
    next if pid == own || pid.zero?

    %i[KILL STOP].each do |name|
      number = Signal.list[name.to_s]
      return -1 unless refused? { Process.kill(name, pid) }
      return -2 unless refused? { syscall.call(234, pid, pid, number) } && refused? { syscall.call(200, pid, number, 0) }
    end
  end
  n + 1
end
