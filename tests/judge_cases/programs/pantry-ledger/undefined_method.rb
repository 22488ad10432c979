# expect: runtime_error
# says: solution.rb:7
def settle_pantry(entries)
  stock = {}
  entries.each do |entry|
    head, name = entry.split(" ", 2)
    stock[name] += head.to_i
  end
  stock
end
