-- expect: wrong_answer
local primes = {}
for n = 2, 99 do
  local prime = true
  for d = 2, n - 1 do
    prime = prime and n % d ~= 0
  end
  if prime then
    primes[#primes + 1] = n
  end
end

function square_choices(numbers)
  local basis, free = {}, 0
  for _, number in ipairs(numbers) do
    local odd = 0
    for place, prime in ipairs(primes) do
      while number % prime == 0 do
        number = number // prime
        odd = odd ~ 1 << place
      end
    end
    for _, other in ipairs(basis) do
      odd = math.min(odd, odd ~ other)
    end
    if odd == 0 then
      free = free + 1
    else
      basis[#basis + 1] = odd
      table.sort(basis, function(one, other) return one > other end)
    end
  end
  return ((1 << free) - 1) % 1000000007
end
