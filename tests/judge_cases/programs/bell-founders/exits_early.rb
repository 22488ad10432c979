# expect: runtime_error
# says: before its function returned
def founders_finish(cast, streak, rest, bells)
  puts "#{bells} bells by #{cast.size} founders"
  exit(0)
end
