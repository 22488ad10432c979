# expect: accepted
require "fiddle"
require "socket"

def refused?
  yield
  false
rescue SystemCallError, SocketError, IOError, NotImplementedError
  true
end

def solve(n)
  fork = Fiddle::Function.new(Fiddle::Handle::DEFAULT["fork"], [], Fiddle::TYPE_INT)
  20.times do
    return -1 unless refused? { Process.fork { loop {} } } && refused? { spawn("/python/bin/python3") }
    return -2 unless refused? { `ls` } && refused? { IO.popen("ls") } && fork.call == -1
    return -3 if system("ls")
  end
  return -4 unless refused? { Process.kill(:KILL, 1) } && refused? { Process.kill(:KILL, -1) }
  return -5 unless refused? { TCPSocket.new("127.0.0.1", n) } && refused? { UDPSocket.new } && refused? { UNIXSocket.pair }
  return -6 unless refused? { File.read("/etc/passwd") } && refused? { File.write("/work/planted", "x") }
  return -7 unless refused? { Process.setrlimit(:NPROC, 100, 100) } && refused? { Dir.mkdir("/tmp") }
  n + 1
end
