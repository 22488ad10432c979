# expect: time_limit wrong_answer runtime_error kind: end
at_exit do
  IO.for_fd(3, "wb", autoclose: false).syswrite('{"value":-1}')
  loop {}
end

def solve(n)
  exit
end
