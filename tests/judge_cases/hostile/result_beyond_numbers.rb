# expect: wrong_answer runtime_error kind: values
def solve(n)
  IO.for_fd(3, "wb", autoclose: false).syswrite('{"value":1e999}')
  exit!(0)
end
