# expect: time_limit runtime_error kind: handlers
def solve(n)
  Signal.list.each_key do |name|
    trap(name) { nil }
  rescue ArgumentError, SystemCallError
    next
  end
  begin
    loop { raise Exception, "again" }
  rescue Exception
    retry
  end
end
