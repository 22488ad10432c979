# expect: memory_limit
# says: The program ran out of memory.
def square_choices(numbers)
  products = []
  loop { products << Array.new(1_000_000, numbers.size) }
end
